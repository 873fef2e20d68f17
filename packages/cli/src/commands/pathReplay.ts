import { formatPathComparison, type PathComparison } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import { EXIT, type ExitCode } from '../exitCode';
import { readGoldenPath } from '../folder/goldenPaths';
import { comparisonText } from '../output/comparisonText';
import { printAs } from '../output/print';
import { previewPath } from '../replay/previewPath';
import { replayFacts } from '../replay/replayFacts';

export interface ReplayOptions {
  against?: string;
  facts?: string;
  url?: string;
  days?: string;
  format: string;
}

const MAX_DAYS = 90;

function parseDays(text: string | undefined): number {
  const days = Number(text ?? 0);
  if (!Number.isInteger(days) || days < 0 || days > MAX_DAYS) {
    throw new Error(
      `--days ${text}: give a whole number from 0 to ${MAX_DAYS}`,
    );
  }
  return days;
}

async function compare(
  file: string,
  options: ReplayOptions,
): Promise<PathComparison> {
  const { against, facts, url, days } = options;
  if ((facts === undefined) === (url === undefined)) {
    throw new Error('Give either --facts or --url');
  }
  const after = await readGoldenPath(file);
  if (url !== undefined) {
    if (against !== undefined) {
      throw new Error(
        '--against goes with --facts: a backend compares with the path it has in force',
      );
    }
    const text = await fs.readFile(file, 'utf8');
    return previewPath({ url, text, days: parseDays(days) });
  }
  if (days !== undefined) {
    throw new Error('--days goes with --url; a facts file has its own days');
  }
  const before = against === undefined ? null : await readGoldenPath(against);
  return replayFacts({ before, after, file: facts!, now: new Date() });
}

/**
 * `golden-path path replay`: what a changed path would do. Holds when nobody falls a level; could not tell when there is
 * no entity to compare.
 */
export async function runPathReplay(
  file: string,
  options: ReplayOptions,
): Promise<ExitCode> {
  const comparison = await compare(file, options);
  printAs(options.format, comparison, {
    text: comparisonText,
    json: result => JSON.stringify(result, null, 2),
    markdown: formatPathComparison,
  });
  const { entities, fall } = comparison.total;
  if (fall > 0) {
    return EXIT.fallsShort;
  }
  return entities > 0 ? EXIT.holds : EXIT.couldNotTell;
}
