import { stringifyEntityRef } from '@backstage/catalog-model';
import { pathAppliesTo } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  compilePath,
  describeRepository,
  type Facts,
  loadGoldenPath,
  parseFacts,
  parseServiceFile,
  type Scorecard,
  scorePath,
  SERVICE_FILE,
  type Waiver,
} from '@goldenpath/engine';
import fs from 'node:fs/promises';
import path from 'node:path';
import { EXIT, type ExitCode } from '../exitCode';
import { catalogFact, readEntity } from '../folder/entity';
import { type Folder, readFolder, textOf } from '../folder/readFolder';
import { parseInstant } from '../instant';
import { print } from '../output/print';
import { scorecardText } from '../output/scorecardText';

interface ScoreOptions {
  path?: string;
  facts?: string;
  level?: string;
  at?: string;
  format: string;
}

/** The suite's own path, beside this package in a checkout. */
function defaultPathFile(): string {
  const packageFile = require.resolve('@goldenpath/cli/package.json');
  return path.resolve(path.dirname(packageFile), '../../paths/service.yaml');
}

async function readPath(file = defaultPathFile()) {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read. Name a path with --path.`);
  });
  return loadGoldenPath({ text, file });
}

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

/** The verdict on the wanted level: held back by a failure, by something unknown, or by nothing. */
function judge(card: Scorecard, level: string | undefined): ExitCode {
  const top =
    level === undefined ? card.levels.length - 1 : card.levels.indexOf(level);
  const reached = card.level === null ? -1 : card.levels.indexOf(card.level);
  if (reached >= top) {
    return EXIT.holds;
  }
  const holdingBack = card.checks.filter(
    check =>
      check.stage === 'enforce' &&
      card.levels.indexOf(check.level) <= top &&
      !['pass', 'not-applicable', 'waived'].includes(check.verdict),
  );
  const allUndecided =
    holdingBack.length > 0 &&
    holdingBack.every(check => check.verdict !== 'fail');
  return allUndecided ? EXIT.couldNotTell : EXIT.fallsShort;
}

/** `golden-path score`: holds when the wanted level, by default the highest, is reached. */
export async function runScore(
  dir: string,
  options: ScoreOptions,
): Promise<ExitCode> {
  const goldenPath = await readPath(options.path);
  const { levels } = goldenPath.spec;
  if (options.level !== undefined && !levels.includes(options.level)) {
    throw new Error(
      `--level ${options.level}: the path's levels are ${levels.join(', ')}`,
    );
  }
  const now = parseInstant(options.at, '--at') ?? new Date();
  const folder = await readFolder(dir);
  const entity = readEntity(folder);
  if (entity && !pathAppliesTo(goldenPath, entity)) {
    process.stderr.write(
      `${stringifyEntityRef(entity)} is not among the entities of path ` +
        `'${goldenPath.metadata.name}'; scored all the same\n`,
    );
  }
  const facts: Facts = {
    repository: {
      observedAt: now.toISOString(),
      data: describeRepository({ ...folder, now }) as Facts[string]['data'],
    },
    ...(entity && { catalog: catalogFact({ entity, dir, now }) }),
    ...(options.facts && {
      ...parseFacts({
        text: await fs.readFile(options.facts, 'utf8'),
        file: options.facts,
      }),
    }),
  };
  const card = scorePath({
    path: compilePath(goldenPath),
    entityRef: entity
      ? stringifyEntityRef(entity)
      : `component:default/${path
          .basename(path.resolve(dir))
          .toLocaleLowerCase('en-US')}`,
    facts,
    waivers: readWaivers(folder),
    now,
  });
  print(options.format, card, scorecardText);
  return judge(card, options.level);
}
