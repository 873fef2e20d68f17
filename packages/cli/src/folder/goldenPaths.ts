import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { pathAppliesTo } from '@goldenpath/backstage-plugin-golden-path-common';
import { type GoldenPath, loadGoldenPath } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';

/** The suite's own paths, beside this package in a checkout. */
export function suiteFolder(): string {
  const packageFile = require.resolve('@goldenpath/cli/package.json');
  return path.resolve(path.dirname(packageFile), '../../paths');
}

/** The path that is used where nothing tells which. */
const FALLBACK = 'service';

/** Path files of a name: the file itself, or the YAML files in the folder, sorted. */
export async function pathFiles(name: string): Promise<string[]> {
  const stat = await fs.stat(name).catch(() => undefined);
  if (!stat?.isDirectory()) {
    return [name];
  }
  const found = (await fs.readdir(name))
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
    .map(file => path.join(name, file));
  if (found.length === 0) {
    throw new Error(`${name} holds no path: there is no YAML file in it`);
  }
  return found;
}

/** Reads one path. @throws When it cannot be read or is not valid; the message names the file and the line. */
export async function readGoldenPath(file: string): Promise<GoldenPath> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read. Name a path with --path.`);
  });
  return loadGoldenPath({ text, file });
}

/** Reads paths from files and folders. */
export async function readGoldenPaths(names: string[]): Promise<GoldenPath[]> {
  const files = (await Promise.all(names.map(pathFiles))).flat();
  return Promise.all([...new Set(files)].map(readGoldenPath));
}

/**
 * The paths to score an entity against: those named, even when they are not for it; else those of the suite that apply to
 * it, and "service" when none does or there is no entity.
 */
export async function choosePaths(
  names: string[],
  entity: Entity | undefined,
): Promise<GoldenPath[]> {
  const named = names.length > 0;
  const all = await readGoldenPaths(named ? names : [suiteFolder()]);
  const applying = entity && all.filter(one => pathAppliesTo(one, entity));
  if (!named && applying && applying.length > 0) {
    return applying;
  }
  const chosen = named
    ? all
    : all.filter(({ metadata }) => metadata.name === FALLBACK);
  for (const { metadata } of chosen.filter(one => !applying?.includes(one))) {
    if (entity) {
      process.stderr.write(
        `${stringifyEntityRef(entity)} is not among the entities of path ` +
          `'${metadata.name}'; scored all the same\n`,
      );
    }
  }
  return chosen;
}
