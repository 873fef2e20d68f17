import {
  childOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import { isKustomization } from './kustomizations';
import { folderOf, nameOf, type Repository } from './repositoryFile';

/** A Kubernetes object with the file it stands in. */
export interface ClusterObject {
  file: string;
  kind: string;
  apiVersion: string;
  name: string;
  node: Located;
}

/** Folders of charts and other templates, which are no YAML until rendered. */
const TEMPLATED = /(^|\/)(templates|skeletons?|node_modules|charts)\//;
const CLUSTER_FOLDERS =
  /^(deploy|deployment|k8s|kubernetes|manifests|kustomize|infra|gitops|\.k8s|slo|monitoring)\//;
/** Where broken files hide no workload. */
const NO_WORKLOADS = /^(slo|monitoring)\//;

/** Files that usually hold Kubernetes objects as they are. */
export function clusterFiles(repository: Repository): string[] {
  return repository.paths.filter(
    path =>
      /\.ya?ml$/.test(path) &&
      CLUSTER_FOLDERS.test(path) &&
      !TEMPLATED.test(path) &&
      !/^values.*\.ya?ml$/.test(nameOf(path)),
  );
}

/** Whether a node is a Kubernetes object. */
export function isClusterObject(node: Located): boolean {
  return (
    textOf(childOf(node, 'apiVersion')) !== undefined &&
    textOf(childOf(node, 'kind')) !== undefined
  );
}

/** Helm charts of the repository: templates that say nothing until rendered. */
function charts(repository: Repository): string[] {
  return repository.paths.filter(
    path =>
      nameOf(path) === 'Chart.yaml' &&
      !/(^|\/)node_modules\//.test(path) &&
      repository.hasFolder(
        folderOf(path) === '' ? 'templates' : `${folderOf(path)}/templates`,
      ),
  );
}

/**
 * The Kubernetes objects in the usual folders, with those of a `List` on their own.
 *
 * @returns also the files that may hold more of them and cannot be read plainly: broken YAML and Helm charts.
 */
export function readClusterObjects(repository: Repository): {
  objects: ClusterObject[];
  unreadable: string[];
} {
  const unreadable = charts(repository);
  const objects = clusterFiles(repository)
    .filter(file => !isKustomization(file))
    .flatMap((file): ClusterObject[] => {
      const documents = readTree(repository, file, 'yaml');
      if (typeof documents === 'string') {
        if (!NO_WORKLOADS.test(file)) {
          unreadable.push(file);
        }
        return [];
      }
      return documents
        .flatMap(node =>
          textOf(childOf(node, 'kind')) === 'List'
            ? itemsOf(childOf(node, 'items'))
            : [node],
        )
        .filter(isClusterObject)
        .map(node => ({
          file,
          node,
          kind: textOf(childOf(node, 'kind')) ?? '',
          apiVersion: textOf(childOf(node, 'apiVersion')) ?? '',
          name: textOf(childOf(node, 'metadata', 'name')) ?? '',
        }));
    });
  return { objects, unreadable };
}
