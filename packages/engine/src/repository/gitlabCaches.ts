import type { GitlabJob } from './gitlabJobs';
import { childOf, type Located, textOf, textsOf } from './locatedTree';
import { either } from './triggers';

/** How a job of GitLab uses one cache. */
export interface GitlabCacheUse {
  file: string;
  line: number;
  name: string;
  store: 'gitlab';
  /** Keys, or their beginnings where a variable follows; `undefined` when nothing is known. */
  reads: string[] | undefined;
  writes: string[] | undefined;
  /** Whether pipelines of changes write it where others read it. */
  fromPullRequests: boolean | undefined;
}

/** Marks a key that is known to its end: only the same key is the same cache. */
const END = '\n';

function startOf(key: string): string {
  const [start] = key.split('$');
  return start === key ? `${key}${END}` : start;
}

function keyOf(cache: Located): string {
  const key = childOf(cache, 'key');
  const files = textsOf(childOf(key, 'files'));
  const prefix = textOf(childOf(key, 'prefix'));
  return files.length > 0
    ? `${prefix === undefined ? '' : `${prefix}-`}<${files.join(' ')}>`
    : textOf(key) ?? 'default';
}

function known(keys: string[]): string[] | undefined {
  return keys.includes('') ? undefined : keys;
}

/**
 * The caches a job of GitLab reads and writes. GitLab keeps caches of protected branches apart from those of others unless
 * the project's settings, or `unprotect`, say otherwise: what changes write stays open without the latter.
 */
export function gitlabCaches({
  planned,
  node,
  runs,
}: GitlabJob): GitlabCacheUse[] {
  const cache = childOf(node, 'cache');
  const caches = cache?.kind === 'list' ? cache.items : [cache];
  const isForChanges = either(runs.mergeRequest, runs.branch);
  return caches.flatMap((one): GitlabCacheUse[] => {
    if (one?.kind !== 'map' || one.entries.size === 0) {
      return [];
    }
    const key = keyOf(one);
    const policy = textOf(childOf(one, 'policy')) ?? 'pull-push';
    const isOpen = policy.includes('$');
    const own = startOf(key);
    const written = isOpen ? undefined : known([own]);
    const fallbacks = textsOf(childOf(one, 'fallback_keys')).map(startOf);
    const isShared = textOf(childOf(one, 'unprotect')) === 'true';
    return [
      {
        file: planned.workflow.file,
        line: one.line,
        name: `cache ${key}`.slice(0, 300),
        store: 'gitlab',
        reads: policy === 'push' ? [] : known([own, ...fallbacks]),
        writes: policy === 'pull' ? [] : written,
        fromPullRequests:
          isForChanges === false || isShared ? isForChanges : undefined,
      },
    ];
  });
}
