import { clusterFiles, isClusterObject } from './clusterObjects';
import { childOf, entriesOf, readTree, textOf } from './locatedTree';
import type { Repository } from './repositoryFile';
import type { Entity, KubernetesObject } from './sourceData';

const TECHDOCS = 'backstage.io/techdocs-ref';
const MAX_OBJECTS = 1_000;

/** Entities of `catalog-info.yaml`. */
export function describeEntities(repository: Repository): Entity[] {
  const files = repository.paths.filter(path =>
    /^(catalog-info|\.backstage\/catalog-info)\.ya?ml$/.test(path),
  );
  return files.flatMap((file): Entity[] => {
    const documents = readTree(repository, file, 'yaml');
    if (typeof documents === 'string') {
      return [{ file, line: 1, unreadable: true }];
    }
    return documents
      .filter(node => node.kind === 'map')
      .map(node => {
        const annotations = entriesOf(childOf(node, 'metadata', 'annotations'));
        const values = annotations.map(([key, entry]): [string, string] => [
          key,
          textOf(entry.node) ?? '',
        ]);
        return {
          file,
          line: node.line,
          kind: textOf(childOf(node, 'kind')) ?? '',
          name: textOf(childOf(node, 'metadata', 'name')) ?? '',
          type: textOf(childOf(node, 'spec', 'type')) ?? '',
          owner: textOf(childOf(node, 'spec', 'owner')) ?? '',
          annotations: Object.fromEntries(values),
          techdocs: values.some(([key, value]) => key === TECHDOCS && value),
        };
      });
  });
}

/** Kubernetes objects in the usual folders for them, custom resources included. */
export function describeKubernetes(repository: Repository): KubernetesObject[] {
  return clusterFiles(repository)
    .flatMap((file): KubernetesObject[] => {
      const documents = readTree(repository, file, 'yaml');
      if (typeof documents === 'string') {
        return [{ file, line: 1, unreadable: true }];
      }
      return documents.filter(isClusterObject).map(node => ({
        file,
        line: node.line,
        apiVersion: textOf(childOf(node, 'apiVersion')) ?? '',
        kind: textOf(childOf(node, 'kind')) ?? '',
        name: textOf(childOf(node, 'metadata', 'name')) ?? '',
      }));
    })
    .slice(0, MAX_OBJECTS);
}
