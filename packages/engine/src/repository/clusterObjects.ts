import { isBuilt } from './builtPaths';
import {
  childOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import { isKustomization } from './kustomizations';
import {
  folderOf,
  MAX_FILE_BYTES,
  nameOf,
  type Repository,
} from './repositoryFile';

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
/** The same names further down, and files named after what they hold. */
const NESTED_FOLDERS =
  /(^|\/)(deploy|deployments?|k8s|kube|kubernetes|manifests|kustomize|(k8s|kube|kubernetes)-manifests)\//;
const CLUSTER_FILES = /^(k8s|kubernetes|manifests?|deployment)\.ya?ml$/;
const NOT_RUN = /(^|\/)(docs?|samples?|demos?|hack|e2e|\.[^/]+)\//;
/** Where broken files hide no workload. */
const NO_WORKLOADS = /^(slo|monitoring)\//;

/** Whether a file, which may be too long to parse, only defines kinds of objects and holds none that runs. */
export function holdsOnlyDefinitions(
  repository: Repository,
  path: string,
): boolean {
  if ((repository.file(path)?.size ?? 0) > MAX_FILE_BYTES) {
    return false;
  }
  const read = repository.read(path);
  const kinds =
    typeof read === 'string'
      ? []
      : [...read.text.matchAll(/^kind:\s*["']?(\w+)/gm)].map(
          ([, kind]) => kind,
        );
  return (
    kinds.length > 0 && kinds.every(kind => kind === 'CustomResourceDefinition')
  );
}

/** Files below the root that hold Kubernetes objects: nothing else need be in folders of such names there. */
function isNestedClusterFile(repository: Repository, path: string): boolean {
  if (
    !(NESTED_FOLDERS.test(path) || CLUSTER_FILES.test(path)) ||
    !isBuilt(path) ||
    NOT_RUN.test(path)
  ) {
    return false;
  }
  const read = repository.read(path);
  return (
    typeof read !== 'string' &&
    /^apiVersion:/m.test(read.text) &&
    /^kind:/m.test(read.text)
  );
}

/** Files that usually hold Kubernetes objects as they are. */
export function clusterFiles(repository: Repository): string[] {
  return repository.paths.filter(
    path =>
      /\.ya?ml$/.test(path) &&
      !TEMPLATED.test(path) &&
      !/^values.*\.ya?ml$/.test(nameOf(path)) &&
      (CLUSTER_FOLDERS.test(path) || isNestedClusterFile(repository, path)) &&
      !holdsOnlyDefinitions(repository, path),
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
      isBuilt(path) &&
      repository.hasFolder(
        folderOf(path) === '' ? 'templates' : `${folderOf(path)}/templates`,
      ),
  );
}

/**
 * Whether what a chart renders may be of one of these kinds: its templates name one or leave the kind open, or it
 * depends on other charts. A file that is no chart may be.
 */
export function mayRender(
  repository: Repository,
  file: string,
  kinds: RegExp,
): boolean {
  if (nameOf(file) !== 'Chart.yaml') {
    return true;
  }
  const chart = readTree(repository, file, 'yaml');
  const folder = folderOf(file) === '' ? '' : `${folderOf(file)}/`;
  const isOpen =
    typeof chart === 'string' ||
    itemsOf(childOf(chart[0], 'dependencies')).length > 0 ||
    repository.has(`${folder}requirements.yaml`) ||
    repository.hasFolder(`${folder}charts`);
  return (
    isOpen ||
    repository.paths
      .filter(path => path.startsWith(`${folder}templates/`))
      .some(path => {
        const read = repository.read(path);
        return (
          typeof read === 'string' ||
          [...read.text.matchAll(/^\s*(?:-\s+)?kind:\s*["']?(\S*)/gm)].some(
            ([, kind]) =>
              kind === '' || kind.includes('{{') || kinds.test(kind),
          )
        );
      })
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
