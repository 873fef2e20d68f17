import type { Problem } from './problem';

/** One file of a repository at one commit. @public */
export interface RepositoryFile {
  /** Relative to the root, separated by `/`. */
  path: string;
  mode: '100644' | '100755' | '120000';
  /** In bytes. */
  size: number;
  /** `sha256:` and 64 hex digits, over the whole content. */
  sha256: string;
  /** Absent when the file was too large to load, or binary. For a symbolic link: its target. */
  content?: Uint8Array;
}

/** Files above this many bytes are not parsed. */
export const MAX_FILE_BYTES = 1_000_000;
/** Bytes parsed of one repository, all files together. */
export const MAX_TOTAL_BYTES = 32_000_000;

const MAX_LINK_HOPS = 5;

/** `unreadable`: the file exists and its text cannot be had; the repository's problems say why. */
export type ReadText = { text: string } | 'absent' | 'unreadable';

/** The files of a repository by path, with the problems met while reading them. */
export interface Repository {
  /** Sorted. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
  has(path: string): boolean;
  file(path: string): RepositoryFile | undefined;
  /** Whether a folder of that name holds at least one file. */
  hasFolder(path: string): boolean;
  read(path: string): ReadText;
  /** Records that a file could not be understood. One problem per file and message is kept. */
  report(problem: Problem): void;
}

/** Resolves `.` and `..`; `undefined` when the result is outside of the repository. */
export function normalisePath(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) {
        return undefined;
      }
    } else if (segment !== '' && segment !== '.') {
      segments.push(segment);
    }
  }
  return segments.join('/');
}

/** Folder of a path; `''` is the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isSafePath(path: string): boolean {
  return path !== '' && !path.startsWith('/') && normalisePath(path) === path;
}

function decode(content: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Opens an in-memory list of files. Paths that leave the repository are reported and left out; of two files with the
 * same path the first counts.
 */
export function openRepository(files: readonly RepositoryFile[]): Repository {
  const byPath = new Map<string, RepositoryFile>();
  const folders = new Set<string>();
  const problems = new Map<string, Problem>();
  const texts = new Map<string, ReadText>();
  let budget = MAX_TOTAL_BYTES;

  const report = (problem: Problem) => {
    const key = `${problem.file}\n${problem.line}\n${problem.message}`;
    if (!problems.has(key)) {
      problems.set(key, problem);
    }
  };

  for (const file of files) {
    if (!isSafePath(file.path)) {
      report({
        file: file.path,
        line: 1,
        message: 'The path is not one inside the repository',
      });
    } else if (!byPath.has(file.path)) {
      byPath.set(file.path, file);
      let folder = folderOf(file.path);
      while (folder !== '' && !folders.has(folder)) {
        folders.add(folder);
        folder = folderOf(folder);
      }
    }
  }

  const unreadable = (path: string, message: string): ReadText => {
    report({ file: path, line: 1, message });
    return 'unreadable';
  };

  const readFile = (path: string, hops: number): ReadText => {
    const file = byPath.get(path);
    if (!file) {
      return 'absent';
    }
    if (!file.content) {
      return unreadable(path, 'The file was too large or binary to be read');
    }
    if (file.content.byteLength > MAX_FILE_BYTES) {
      return unreadable(path, `The file is over ${MAX_FILE_BYTES} bytes`);
    }
    if (file.content.byteLength > budget) {
      return unreadable(path, 'The repository holds too much text to be read');
    }
    budget -= file.content.byteLength;
    const text = decode(file.content);
    if (text === undefined) {
      return unreadable(path, 'The file is not UTF-8 text');
    }
    if (file.mode !== '120000') {
      return { text };
    }
    const target = text.startsWith('/')
      ? undefined
      : normalisePath(`${folderOf(path)}/${text.trim()}`);
    if (target === undefined || hops >= MAX_LINK_HOPS || !byPath.has(target)) {
      return unreadable(path, 'The symbolic link leads to no file in here');
    }
    return readFile(target, hops + 1);
  };

  const paths = [...byPath.keys()].sort();
  return {
    paths,
    get problems() {
      return [...problems.values()];
    },
    has: path => byPath.has(path),
    file: path => byPath.get(path),
    hasFolder: path => folders.has(path),
    report,
    read(path) {
      const known = texts.get(path);
      if (known) {
        return known;
      }
      const text = readFile(path, 0);
      texts.set(path, text);
      return text;
    },
  };
}
