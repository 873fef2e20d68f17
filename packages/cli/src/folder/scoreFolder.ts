import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  compilePath,
  describeRepository,
  type Facts,
  parseFacts,
  parseServiceFile,
  type Scorecard,
  scorePath,
  SERVICE_FILE,
  type Waiver,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { catalogFact, readEntity } from './entity';
import { choosePaths } from './goldenPaths';
import { type Folder, readFolder, textOf } from './readFolder';

function readWaivers(folder: Folder): Waiver[] {
  const text = textOf(folder, SERVICE_FILE);
  if (text === undefined) {
    return [];
  }
  try {
    return parseServiceFile({ text, file: SERVICE_FILE }).waivers;
  } catch {
    // The repository fact carries the problem; a broken file waives nothing
    return [];
  }
}

/** A folder with how it stands on each path chosen for it. */
export interface ScoredFolder {
  folder: Folder;
  cards: Scorecard[];
}

interface ScoreOptions {
  /** Files and folders of paths. */
  paths: string[];
  facts: string | undefined;
  waivers: 'file' | 'none';
  level: string | undefined;
  now: Date;
}

/** Reads a folder and scores it. */
export async function scoreFolder(
  dir: string,
  options: ScoreOptions,
): Promise<ScoredFolder> {
  const folder = await readFolder(dir);
  return { folder, cards: await scoreFiles(folder, { ...options, dir }) };
}

/**
 * Scores a folder that was read, or what one would hold.
 *
 * @param options.dir - where it is, or would be
 * @param options.standIn - what the folder is about, where it does not say so itself: decides which paths are for it
 */
export async function scoreFiles(
  folder: Folder,
  options: ScoreOptions & { dir: string; standIn?: Entity },
): Promise<Scorecard[]> {
  const { dir, now, level } = options;
  const own = readEntity(folder);
  const entity = own ?? options.standIn;
  const goldenPaths = await choosePaths(options.paths, entity);
  for (const { metadata, spec } of goldenPaths) {
    if (level !== undefined && !spec.levels.includes(level)) {
      throw new Error(
        `--level ${level}: '${
          metadata.name
        }' has no such level; the path's levels are ${spec.levels.join(', ')}`,
      );
    }
  }
  const facts: Facts = {
    repository: {
      observedAt: now.toISOString(),
      data: describeRepository({ ...folder, now }) as Facts[string]['data'],
    },
    ...(own && { catalog: catalogFact({ entity: own, dir, now }) }),
    ...(options.facts && {
      ...parseFacts({
        text: await fs.readFile(options.facts, 'utf8'),
        file: options.facts,
      }),
    }),
  };
  const name = path.basename(path.resolve(dir)).toLocaleLowerCase('en-US');
  const waivers = options.waivers === 'none' ? [] : readWaivers(folder);
  return goldenPaths.map(goldenPath =>
    scorePath({
      path: compilePath(goldenPath),
      entityRef: entity
        ? stringifyEntityRef(entity)
        : `component:default/${name}`,
      facts,
      waivers,
      now,
    }),
  );
}
