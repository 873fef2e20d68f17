import { pathPattern } from './pathPattern';
import type { Repository } from './repositoryFile';
import type { GuardedFile, OwnerRule } from './sourceData';

/** Who must review what. */
export interface CodeownersFacts {
  codeowners: {
    present: boolean;
    file?: string;
    rules: OwnerRule[];
    /** Files that decide how the service is built and checked. */
    guarded: GuardedFile[];
  };
}

/** In the order GitHub and GitLab look for it. */
const LOCATIONS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
];
const OWNER = /^(@[\w.-]+(\/[\w./-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;
const GUARDED =
  /^(\.github\/(workflows\/.+|CODEOWNERS|dependabot\.ya?ml)|CODEOWNERS|docs\/CODEOWNERS|\.gitlab-ci\.yml|AGENTS\.md|\.golden-path\.lock\.yaml|golden-path\.yaml)$/;
const MAX_RULES = 2_000;
const MAX_FILES = 1_000;

/** Splits a line at white space that no backslash escapes; a `#` begins a comment. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:\\.|\S)+/g)) {
    if (word.startsWith('#')) {
      break;
    }
    words.push(word.replace(/\\(.)/g, '$1'));
  }
  return words;
}

/** The globs that say the same as a pattern of CODEOWNERS, which follows gitignore but for `!`, `[]` and `\#`. */
function globsOf(pattern: string): string[] {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const bare = pattern.replace(/^\//, '');
  const base = anchored ? bare : `**/${bare}`;
  if (base.endsWith('/')) {
    return [`${base}**`];
  }
  return /(^|\/)\*$/.test(base) && anchored ? [base] : [base, `${base}/**`];
}

function matcherOf(pattern: string): (path: string) => boolean {
  const tests = globsOf(pattern).map(pathPattern);
  return path => tests.some(test => test(path));
}

/**
 * Reads CODEOWNERS: of the rules that match a file the last one gives its owners.
 *
 * @param managed - paths the template manages; they are guarded too
 */
export function describeCodeowners(
  repository: Repository,
  managed: readonly string[],
): CodeownersFacts {
  const guardedPaths = [
    ...new Set([
      ...repository.paths.filter(path => GUARDED.test(path)),
      ...managed.filter(path => repository.has(path)),
    ]),
  ]
    .sort()
    .slice(0, MAX_FILES);
  const file = LOCATIONS.find(path => repository.has(path));
  const read = file ? repository.read(file) : 'absent';
  if (!file || typeof read === 'string') {
    const unreadable = read === 'unreadable';
    const unread = { file: file ?? '', line: 1, unreadable: true as const };
    return {
      codeowners: {
        present: file !== undefined,
        ...(file ? { file } : {}),
        rules: unreadable ? [unread] : [],
        guarded: unreadable
          ? [unread]
          : guardedPaths.map(path => ({
              file: path,
              line: 1,
              path,
              owned: false,
            })),
      },
    };
  }
  const rules: (OwnerRule & { matches?: (path: string) => boolean })[] = [];
  read.text.split(/\r?\n/).forEach((text, index) => {
    const line = index + 1;
    const [pattern, ...owners] = wordsOf(text);
    const isSection =
      /^\^?\[/.test(pattern ?? '') && file.startsWith('.gitlab');
    if (pattern !== undefined && !isSection && rules.length < MAX_RULES) {
      const valid =
        !/^!|[[\]]/.test(pattern) && owners.every(o => OWNER.test(o));
      if (!valid) {
        const message =
          'Not a rule of a pattern and owners like @team or e-mail';
        repository.report({ file, line, message });
      }
      rules.push({
        file,
        line,
        pattern,
        owners,
        valid,
        ...(valid ? { matches: matcherOf(pattern) } : {}),
      });
    }
  });
  const guarded = guardedPaths.map((path): GuardedFile => {
    const rule = [...rules].reverse().find(r => r.matches?.(path));
    const owned = (rule?.owners ?? []).length > 0;
    return { file: path, line: 1, path, owned };
  });
  return {
    codeowners: {
      present: true,
      file,
      rules: rules.map(({ matches: _, ...rule }) => rule),
      guarded,
    },
  };
}
