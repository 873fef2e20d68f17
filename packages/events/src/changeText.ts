import { wellFormed } from './wellFormed';

/** Longest description kept of a change, in UTF-16 units. */
const MAX_DESCRIPTION = 60_000;
const MAX_PATHS = 1_000;
const MAX_PATH = 2_048;

/** What the engine looks for reverts in: title and description, the end cut off when they are too long. */
export function describeChange(title: string, body?: string | null): string {
  const text = [title, body ?? ''].filter(part => part !== '').join('\n\n');
  return wellFormed(text.slice(0, MAX_DESCRIPTION));
}

/** The paths a change touches, each once; those beyond the first thousand are left out. */
export function pathsOf(
  commits: readonly {
    added?: readonly string[];
    modified?: readonly string[];
    removed?: readonly string[];
  }[],
): string[] | undefined {
  const paths = new Set<string>();
  for (const { added = [], modified = [], removed = [] } of commits) {
    for (const path of [...added, ...modified, ...removed]) {
      if (paths.size < MAX_PATHS && isKeepable(path)) {
        paths.add(path);
      }
    }
  }
  return paths.size === 0 ? undefined : [...paths];
}

function isKeepable(path: string): boolean {
  return path !== '' && path.length <= MAX_PATH && !path.includes('\0');
}

/** Whether a branch or a label says that the change mends something in production at once. */
export function isHotfix(
  branch: string | undefined,
  labels: readonly string[],
): boolean {
  return (
    /^hotfix[/-]/i.test(branch ?? '') ||
    labels.some(label => label.trim().toLowerCase() === 'hotfix')
  );
}

/** The commit that a text names as the cause: `root cause: <sha>`. */
export function rootCauseOf(text: string): string | undefined {
  return /\broot cause:\s*([0-9a-f]{7,64})\b/i.exec(text)?.[1].toLowerCase();
}
