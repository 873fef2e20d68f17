import type { ClusterObject } from './clusterObjects';
import { childOf, entriesOf, itemsOf, textOf } from './locatedTree';

/** The network policies of a repository. */
export interface NetworkPolicies {
  /** Whether a pod with these labels is selected by one; `undefined` when that cannot be told. */
  select(labels: ReadonlyMap<string, string>): boolean | undefined;
}

/**
 * Reads the pod selectors of `NetworkPolicy` and `CiliumNetworkPolicy` objects. Labels are compared as written, before
 * kustomize adds to both sides.
 *
 * @param isOpaque - whether parts of the repository that cannot be read may hold more policies
 */
export function readNetworkPolicies(
  objects: readonly ClusterObject[],
  isOpaque: boolean,
): NetworkPolicies {
  const selectors = objects
    .filter(({ kind }) => /^(Cilium(Clusterwide)?)?NetworkPolicy$/.test(kind))
    .map(({ node }) => {
      const spec = childOf(node, 'spec');
      const selector =
        childOf(spec, 'podSelector') ?? childOf(spec, 'endpointSelector');
      return {
        labels: entriesOf(childOf(selector, 'matchLabels')),
        isComplex: itemsOf(childOf(selector, 'matchExpressions')).length > 0,
      };
    });
  return {
    select(labels) {
      const matching = selectors.filter(selector =>
        selector.labels.every(
          ([key, { node }]) => labels.get(key) === textOf(node),
        ),
      );
      if (matching.some(selector => !selector.isComplex)) {
        return true;
      }
      return matching.length > 0 || isOpaque ? undefined : false;
    },
  };
}
