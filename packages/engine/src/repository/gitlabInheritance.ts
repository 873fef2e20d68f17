import type { GitlabFiles } from './gitlabIncludes';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  type LocatedEntry,
  textOf,
  textsOf,
} from './locatedTree';

const KEYWORDS = new Set(
  'default include stages variables workflow image services cache before_script after_script spec pages:deploy'.split(
    ' ',
  ),
);
/** What `default`, or the top of the file in the older way, gives to jobs that do not say it themselves. */
const INHERITED =
  'after_script artifacts before_script cache hooks id_tokens image interruptible retry services tags timeout'.split(
    ' ',
  );
const MAX_DEPTH = 11;

/** A job with all it extends and inherits. */
export interface MergedJob {
  name: string;
  file: string;
  line: number;
  node: Located;
  /** Extends something that is not in the repository. */
  isOpen: boolean;
}

/** Maps are merged key by key, of anything else the later one counts. */
function merge(under: Located | undefined, over: Located): Located {
  if (under?.kind !== 'map' || over.kind !== 'map') {
    return over;
  }
  const entries = new Map<string, LocatedEntry>(under.entries);
  for (const [name, entry] of over.entries) {
    const below = entries.get(name)?.node;
    entries.set(name, { line: entry.line, node: merge(below, entry.node) });
  }
  return { kind: 'map', line: over.line, entries };
}

function without(node: Located, key: string): Located {
  return node.kind === 'map'
    ? {
        ...node,
        entries: new Map([...node.entries].filter(([name]) => name !== key)),
      }
    : node;
}

/** Whether `inherit: default` lets a keyword through. */
function inherits(job: Located, key: string): boolean {
  const setting = childOf(job, 'inherit', 'default');
  return setting?.kind === 'list'
    ? textsOf(setting).includes(key)
    : textOf(setting) !== 'false';
}

function filesOfNodes(
  files: GitlabFiles,
): (node: Located) => string | undefined {
  const known = new WeakMap<Located, string>();
  const visit = (node: Located, file: string) => {
    known.set(node, file);
    for (const [, entry] of entriesOf(node)) {
      visit(entry.node, file);
    }
    for (const item of itemsOf(node)) {
      visit(item, file);
    }
  };
  files.files.forEach(({ file, root }) => visit(root, file));
  return node => known.get(node);
}

/** The jobs of a pipeline, with what stands at the top of its files by name. */
export function mergedJobs(files: GitlabFiles): {
  byName: ReadonlyMap<string, Located>;
  jobs: MergedJob[];
  /** The file a node stands in. */
  fileOf(node: Located): string | undefined;
} {
  // Where a name is written twice, the file that includes the other has the last word.
  const byName = new Map<string, Located>();
  for (const { root } of [...files.files].reverse()) {
    for (const [name, { node }] of entriesOf(root)) {
      byName.set(name, merge(byName.get(name), node));
    }
  }

  function extended(
    node: Located,
    depth: number,
  ): { node: Located; isOpen: boolean } {
    let isOpen = false;
    let under: Located | undefined;
    for (const base of textsOf(childOf(node, 'extends'))) {
      const found = byName.get(base);
      if (found && depth < MAX_DEPTH) {
        const above = extended(found, depth + 1);
        isOpen ||= above.isOpen;
        under = merge(under, above.node);
      } else {
        isOpen = true;
      }
    }
    return { node: merge(under, without(node, 'extends')), isOpen };
  }

  function withDefaults(node: Located): Located {
    if (node.kind !== 'map') {
      return node;
    }
    const entries = new Map(node.entries);
    for (const key of INHERITED) {
      const given = childOf(byName.get('default'), key) ?? byName.get(key);
      if (given && !entries.has(key) && inherits(node, key)) {
        entries.set(key, { line: given.line, node: given });
      }
    }
    return { ...node, entries };
  }

  const seen = new Set<string>();
  const jobs = files.files.flatMap(({ file, root }) =>
    entriesOf(root).flatMap(([name, { line, node: written }]): MergedJob[] => {
      const whole = byName.get(name);
      if (
        KEYWORDS.has(name) ||
        name.startsWith('.') ||
        seen.has(name) ||
        written.kind !== 'map' ||
        !whole
      ) {
        return [];
      }
      seen.add(name);
      const { node, isOpen } = extended(whole, 0);
      return [{ name, file, line, node: withDefaults(node), isOpen }];
    }),
  );
  return { byName, jobs, fileOf: filesOfNodes(files) };
}
