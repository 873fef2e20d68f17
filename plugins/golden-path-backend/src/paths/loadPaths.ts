import { Entity } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { goldenPathOfEntity } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  CompiledPath,
  compilePath,
  GoldenPath,
  loadGoldenPath,
} from '@goldenpath/engine';
import { coveredKinds, union } from './coveredKinds';
import {
  definitionOf,
  digestOfDefinition,
  digestOfPaths,
} from './pathDefinition';

/** What the engine takes to check expressions against the shape of facts. */
type LoadOptions = Parameters<typeof loadGoldenPath>[0];

/** Shapes of the facts that collectors give, by source. @internal */
export type FactSchemas = LoadOptions extends { factSchemas?: infer T }
  ? T
  : unknown;

/** A path as read from a file or the catalog, or why it could not be. @internal */
export type PathFile =
  | { file: string; text: string }
  | {
      /** The entity's reference. */
      file: string;
      entity: Entity;
    }
  | {
      file: string;
      problem: string;
      /** Whether the disk or the catalog is to blame, and not what the path says. */
      unreadable?: boolean;
    };

/** A path ready to score with. @internal */
export interface LoadedPath {
  path: GoldenPath;
  compiled: CompiledPath;
  covers(entity: Entity): boolean;
  /** sha256 of what the path says and of the way entities are evaluated; with the name it tells definitions apart. */
  digest: string;
  /** The file or the entity reference it comes from. */
  source: string;
}

/** @internal */
export interface LoadedPaths {
  paths: LoadedPath[];
  /** Files and entities that could not be used, and what else is odd; the other paths stand. */
  problems: { file: string; message: string }[];
  /** Kinds any path may cover; `undefined` when any kind may be. */
  kinds: Set<string> | undefined;
  /** Changes when scores may: with the paths, and with the way entities are evaluated. */
  digest: string;
}

/**
 * Turns what was read into paths. One that is broken becomes a problem and spoils no other; of several with one name the
 * first counts.
 * @internal
 */
export function loadPaths(
  files: PathFile[],
  options: { factSchemas?: FactSchemas } = {},
): LoadedPaths {
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
      const loaded =
        'entity' in entry
          ? loadEntity({ ...entry, ...options })
          : loadPath({ ...entry, ...options });
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

/** Reads and compiles one path. @throws Error naming what is wrong with it. @internal */
export function loadPath(options: {
  text: string;
  file: string;
  factSchemas?: FactSchemas;
}): LoadedPath {
  return ready(loadGoldenPath(options as LoadOptions), options.file);
}

function loadEntity(options: {
  file: string;
  entity: Entity;
  factSchemas?: FactSchemas;
}): LoadedPath {
  const { file, entity, ...rest } = options;
  let path: GoldenPath;
  try {
    path = goldenPathOfEntity(entity, rest);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message.replaceAll(/^/gm, `${file}: `));
  }
  return ready(path, file);
}

function ready(path: GoldenPath, source: string): LoadedPath {
  return {
    path,
    compiled: compilePath(path),
    covers: readPredicate(path, source),
    digest: digestOfDefinition(definitionOf(path)),
    source,
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
