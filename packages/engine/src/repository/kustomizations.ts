import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
  textsOf,
} from './locatedTree';
import {
  folderOf,
  nameOf,
  normalisePath,
  type Repository,
} from './repositoryFile';
import { parseYamlTree } from './treeParsers';

/** What a kustomization changes in the objects it includes. */
export interface Patch {
  /** Absent: any. */
  kind?: string;
  name?: string;
  /** Whether it reaches into pods. */
  touchesPods: boolean;
}

interface Kustomization {
  file: string;
  folder: string;
  /** Labels that reach the pods. */
  labels: Set<string>;
  patches: Patch[];
  /** Whether it renders or fetches what the files do not show. */
  opaque: boolean;
  /** Files and folders, from the root of the repository. */
  includes: string[];
}

/** The kustomizations of a repository. */
export interface Kustomizations {
  /** Files that are patches and no objects of their own. */
  patchFiles: ReadonlySet<string>;
  /** Those that fetch or render what is not in the repository, or cannot be read. */
  opaque: string[];
  /** The ways a file is rendered, each with all that applies; one without anything when no kustomization has it. */
  rendersOf(file: string): { labels: Set<string>; patches: Patch[] }[];
}

const FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;
const MAX_DEPTH = 10;
const MAX_RENDERS = 50;

/** Labels of a kustomization that end up on pods. */
function podLabels(root: Located | undefined): string[] {
  const common = entriesOf(childOf(root, 'commonLabels'));
  const reaching = itemsOf(childOf(root, 'labels')).filter(label =>
    ['includeTemplates', 'includeSelectors'].some(
      key => textOf(childOf(label, key)) === 'true',
    ),
  );
  return [
    ...common,
    ...reaching.flatMap(label => entriesOf(childOf(label, 'pairs'))),
  ].map(([key]) => key);
}

function touchesPods(document: Located): boolean {
  if (document.kind === 'list') {
    return document.items.some(operation =>
      /^\/spec(\/(template|jobTemplate)(\/.*)?)?$/.test(
        textOf(childOf(operation, 'path')) ?? '/spec',
      ),
    );
  }
  const spec = childOf(document, 'spec');
  return ['template', 'jobTemplate'].some(key => childOf(spec, key));
}

function patchesOf(
  repository: Repository,
  folder: string,
  root: Located | undefined,
): { patches: Patch[]; files: string[] } {
  const files: string[] = [];
  const read = (written: string, isPath: boolean): Located[] | undefined => {
    if (isPath) {
      const path = normalisePath(`${folder}/${written}`) ?? '';
      files.push(path);
      const tree = readTree(repository, path, 'yaml');
      return typeof tree === 'string' ? undefined : tree;
    }
    try {
      return parseYamlTree(written);
    } catch {
      return undefined;
    }
  };
  const patchOf = (
    documents: Located[] | undefined,
    target: Located | undefined,
  ): Patch[] =>
    (documents ?? [undefined]).map(document => {
      const kind =
        textOf(childOf(target, 'kind')) ?? textOf(childOf(document, 'kind'));
      const name =
        textOf(childOf(target, 'name')) ??
        (target ? undefined : textOf(childOf(document, 'metadata', 'name')));
      return {
        ...(kind === undefined ? {} : { kind }),
        ...(name === undefined || /[\\.*+?|()[\]]/.test(name) ? {} : { name }),
        touchesPods: document ? touchesPods(document) : true,
      };
    });
  const entries = ['patches', 'patchesJson6902'].flatMap(key =>
    itemsOf(childOf(root, key)),
  );
  const patches = entries.flatMap(entry => {
    const path = textOf(childOf(entry, 'path'));
    const inline = textOf(childOf(entry, 'patch'));
    const documents = read(path ?? inline ?? '', path !== undefined);
    return patchOf(documents, childOf(entry, 'target'));
  });
  const merges = textsOf(childOf(root, 'patchesStrategicMerge'));
  return {
    patches: [
      ...patches,
      ...merges.flatMap(written =>
        patchOf(read(written, !written.includes('\n')), undefined),
      ),
    ],
    files,
  };
}

function readKustomization(
  repository: Repository,
  file: string,
): Kustomization & { patchFiles: string[] } {
  const folder = folderOf(file);
  const tree = readTree(repository, file, 'yaml');
  const root = typeof tree === 'string' ? undefined : tree[0];
  const written = ['resources', 'bases', 'components'].flatMap(key =>
    textsOf(childOf(root, key)),
  );
  const isRemote = (text: string) =>
    /:\/\/|^git@|\?ref=|^github\.com\//.test(text);
  const { patches, files } = patchesOf(repository, folder, root);
  const rendering = ['helmCharts', 'transformers', 'generators'];
  return {
    file,
    folder,
    labels: new Set(podLabels(root)),
    patches,
    patchFiles: files,
    opaque:
      typeof tree === 'string' ||
      written.some(isRemote) ||
      rendering.some(key => childOf(root, key)),
    includes: written
      .filter(text => !isRemote(text))
      .flatMap(text => normalisePath(`${folder}/${text}`) ?? []),
  };
}

/**
 * Reads how kustomizations put labels and patches on objects. Components count for all that their kustomization has.
 * What is patched is not computed; a patch is only known by what it can reach.
 */
export function readKustomizations(repository: Repository): Kustomizations {
  const all = repository.paths
    .filter(path => FILE.test(path) && !/(^|\/)node_modules\//.test(path))
    .map(file => readKustomization(repository, file));
  const byFolder = new Map(all.map(k => [k.folder, k]));
  const isComponent = (k: Kustomization) => {
    const tree = readTree(repository, k.file, 'yaml');
    const kind =
      typeof tree === 'string' ? '' : textOf(childOf(tree[0], 'kind'));
    return kind === 'Component';
  };
  const components = new Set(all.filter(isComponent));
  /** A kustomization with the components it mixes in. */
  const mixed = (k: Kustomization) => {
    const parts = k.includes.flatMap(path => byFolder.get(path) ?? []);
    return [k, ...parts.filter(part => components.has(part))];
  };
  const includers = (path: string) =>
    all.filter(k => k.includes.includes(path));

  const rootsFrom = (path: string, depth: number): Kustomization[][] => {
    const parents = depth > MAX_DEPTH ? [] : includers(path);
    const chains = parents.flatMap(parent =>
      rootsFrom(parent.folder, depth + 1).map(chain => [parent, ...chain]),
    );
    return (chains.length > 0 ? chains : [[]]).slice(0, MAX_RENDERS);
  };

  return {
    patchFiles: new Set(all.flatMap(k => k.patchFiles)),
    opaque: all.filter(k => k.opaque).map(k => k.file),
    rendersOf: file =>
      rootsFrom(file, 0).map(chain => {
        const parts = chain.flatMap(mixed);
        return {
          labels: new Set(parts.flatMap(k => [...k.labels])),
          patches: parts.flatMap(k =>
            k.opaque ? [...k.patches, { touchesPods: true }] : k.patches,
          ),
        };
      }),
  };
}

/** Whether a file is one of kustomize's own. */
export function isKustomization(path: string): boolean {
  return FILE.test(path) || nameOf(path) === 'kustomizeconfig.yaml';
}
