import { createHash } from 'node:crypto';
import { Entity } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import {
  CompiledPath,
  compilePath,
  GoldenPath,
  loadGoldenPath,
} from '@goldenpath/engine';
import { coveredKinds, union } from './coveredKinds';

/** A path file as read, or why it could not be. @internal */
export type PathFile =
  | { file: string; text: string }
  | {
      file: string;
      problem: string;
      /** Whether the disk is to blame, and not what the file says. */
      unreadable?: boolean;
    };

/** A path ready to score with. @internal */
export interface LoadedPath {
  path: GoldenPath;
  compiled: CompiledPath;
  covers(entity: Entity): boolean;
}

/** @internal */
export interface LoadedPaths {
  paths: LoadedPath[];
  /** Files that could not be used; the other paths stand. */
  problems: { file: string; message: string }[];
  /** Kinds any path may cover; `undefined` when any kind may be. */
  kinds: Set<string> | undefined;
  /** Changes when scores may: with the files, and with the way entities are evaluated. */
  digest: string;
}

/** Raised when the same facts and path would give another scorecard than before. */
const EVALUATION_VERSION = 1;

/** Turns path files into paths. A file that is broken becomes a problem and spoils no other. @internal */
export function loadPaths(files: PathFile[]): LoadedPaths {
  const paths: LoadedPath[] = [];
  const problems: LoadedPaths['problems'] = [];
  const fileOf = new Map<string, string>();
  for (const entry of files) {
    const { file } = entry;
    if ('problem' in entry) {
      problems.push({ file, message: entry.problem });
      continue;
    }
    try {
      const loaded = loadPath(entry.text, file);
      const { name } = loaded.path.metadata;
      const first = fileOf.get(name);
      if (first) {
        const message = `${file}: metadata.name '${name}' is already used by ${first}, which is the one that counts`;
        problems.push({ file, message });
        continue;
      }
      fileOf.set(name, file);
      paths.push(loaded);
    } catch (error) {
      problems.push({ file, message: (error as Error).message });
    }
  }
  return {
    paths,
    problems,
    kinds: union(paths.map(({ path }) => coveredKinds(path.spec.appliesTo))),
    digest: digestOfPaths(paths),
  };
}

function loadPath(text: string, file: string): LoadedPath {
  const path = loadGoldenPath({ text, file });
  return {
    path,
    compiled: compilePath(path),
    covers: readPredicate(path, file),
  };
}

function readPredicate(path: GoldenPath, file: string) {
  try {
    return filterPredicateToFilterFunction<Entity>(
      parseFilterPredicate(path.spec.appliesTo),
    );
  } catch (error) {
    throw new Error(
      `${file}: spec.appliesTo is not a filter predicate: ${
        (error as Error).message
      }`,
    );
  }
}

function digestOfPaths(paths: LoadedPath[]): string {
  const content = paths
    .map(({ path }) => JSON.stringify(path))
    .sort()
    .join('\n');
  return createHash('sha256')
    .update(`${EVALUATION_VERSION}\n${content}`)
    .digest('hex');
}
