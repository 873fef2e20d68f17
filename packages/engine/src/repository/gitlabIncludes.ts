import {
  childOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
  textsOf,
} from './locatedTree';
import { matchesPatterns } from './pathPattern';
import type { Place } from './place';
import type { Repository } from './repositoryFile';

const GITLAB_FILE = '.gitlab-ci.yml';
const MAX_FILES = 100;
const MAX_DEPTH = 10;

/** A part of a GitLab pipeline that is not in the repository. */
export interface OpenInclude extends Place {
  /** GitLab's own template or component, or what else is fetched. */
  name: string;
}

/** The files a GitLab pipeline is made of. */
export interface GitlabFiles {
  /** Those of the repository, the main one first. */
  files: { file: string; root: Located }[];
  open: OpenInclude[];
}

/** Path of an include of the repository itself; `undefined` for anything fetched. */
function localOf(item: Located): string | undefined {
  const written = textOf(item) ?? textOf(childOf(item, 'local'));
  return written === undefined || /^[a-z]+:\/\//i.test(written)
    ? undefined
    : written.replace(/^\//, '');
}

function nameOf(item: Located): string {
  const told = ['template', 'component', 'project', 'remote', 'file'].flatMap(
    key => textsOf(childOf(item, key)),
  );
  return (textOf(item) ?? told.join(' ')).slice(0, 300);
}

/** Reads `.gitlab-ci.yml` with the files of the repository that it includes, whatever the rules of an include are. */
export function readGitlabFiles(
  repository: Repository,
): GitlabFiles | 'absent' | 'unreadable' {
  const main = readTree(repository, GITLAB_FILE, 'yaml');
  if (typeof main === 'string') {
    return main;
  }
  const found: GitlabFiles = { files: [], open: [] };
  const seen = new Set<string>();
  function visit(file: string, documents: Located[]) {
    seen.add(file);
    const root = documents[documents.length - 1];
    if (!root) {
      return;
    }
    found.files.push({ file, root });
    const include = childOf(root, 'include');
    for (const item of include?.kind === 'list' ? include.items : [include]) {
      if (item) {
        follow(item, file);
      }
    }
  }
  function follow(item: Located, file: string) {
    const open = { file, line: item.line, name: nameOf(item) };
    const local = localOf(item);
    const paths =
      local === undefined
        ? []
        : repository.paths.filter(
            path => path === local || matchesPatterns([local], path),
          );
    if (paths.length === 0 || found.files.length + paths.length > MAX_FILES) {
      found.open.push({ ...open, name: open.name || (local ?? '') });
      return;
    }
    for (const path of paths.filter(one => !seen.has(one))) {
      const documents = readTree(repository, path, 'yaml');
      if (typeof documents === 'string') {
        found.open.push({ ...open, name: path });
      } else {
        visit(path, documents);
      }
    }
  }

  visit(GITLAB_FILE, main);
  return found;
}

/**
 * The items of a list with those of each `!reference [job, key]` in its place, which reads as a list of names. A reference
 * to what is not in the files stays in the list as it is.
 *
 * @param byName - what stands at the top of the pipeline's files
 */
export function referencedItems(
  list: Located | undefined,
  byName: ReadonlyMap<string, Located>,
  depth = 0,
): Located[] {
  const items = itemsOf(list);
  const names = items.map(textOf).filter(name => name !== undefined);
  const [job, ...keys] = names;
  if (keys.length > 0 && names.length === items.length) {
    const target = childOf(byName.get(job), ...keys);
    if (target && depth < MAX_DEPTH) {
      return target.kind === 'list'
        ? referencedItems(target, byName, depth + 1)
        : [target];
    }
    // Names of hidden jobs begin with a dot, commands do not.
    return list && (target || job.startsWith('.')) ? [list] : items;
  }
  return items.flatMap(item =>
    item.kind === 'list' && depth < MAX_DEPTH
      ? referencedItems(item, byName, depth + 1)
      : [item],
  );
}
