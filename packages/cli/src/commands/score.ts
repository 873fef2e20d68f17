import { planFixes, type Scorecard } from '@goldenpath/engine';
import { EXIT, type ExitCode } from '../exitCode';
import { type ScoredFolder, scoreFolder } from '../folder/scoreFolder';
import { textFiles, writeEdits } from '../folder/writeEdits';
import { parseInstant } from '../instant';
import { fixesText, patchText } from '../output/fixes';
import { print, type Printers, printAs } from '../output/print';
import { scorecardJunit } from '../output/scorecardJunit';
import { scorecardMarkdown } from '../output/scorecardMarkdown';
import { scorecardSarif } from '../output/scorecardSarif';
import { scorecardText } from '../output/scorecardText';

export interface ScoreOptions {
  path: string[];
  facts?: string;
  level?: string;
  at?: string;
  waivers: 'file' | 'none';
  fix?: boolean;
  dryRun?: boolean;
  format: string;
}

const PRINTERS: Printers<Scorecard[]> = {
  text: cards => cards.map(scorecardText).join('\n\n'),
  // One path is the usual case, and its scorecard the contract
  json: cards => JSON.stringify(cards.length === 1 ? cards[0] : cards, null, 2),
  markdown: cards => cards.map(scorecardMarkdown).join('\n'),
  junit: scorecardJunit,
  sarif: cards => JSON.stringify(scorecardSarif(cards), null, 2),
};

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

/** Of several paths the worst counts: falling short is worse than not knowing. */
function judgeAll(cards: Scorecard[], level: string | undefined): ExitCode {
  const codes = cards.map(card => judge(card, level));
  return (
    [EXIT.fallsShort, EXIT.couldNotTell].find(code => codes.includes(code)) ??
    EXIT.holds
  );
}

/** Writes what can be mended mechanically, or shows it as a patch. Whether something was written. */
async function applyFixes(
  dir: string,
  { folder, cards }: ScoredFolder,
  options: ScoreOptions,
): Promise<boolean> {
  const plan = planFixes({
    files: textFiles(folder),
    checks: cards.flatMap(card => card.checks),
  });
  if (options.dryRun) {
    process.stdout.write(patchText(plan.edits));
    for (const { fix, reason } of plan.skipped) {
      process.stderr.write(`${fix}: ${reason}\n`);
    }
    return false;
  }
  await writeEdits(dir, plan.edits);
  const { applied, skipped } = plan;
  const files = plan.edits.map(edit => edit.path);
  print(options.format, { applied, skipped, files }, fixesText);
  return files.length > 0;
}

/**
 * `golden-path score`: holds when the wanted level, by default the highest, is reached on every path. With `--fix` the
 * folder is scored again after the fixes.
 */
export async function runScore(
  dir: string,
  options: ScoreOptions,
): Promise<ExitCode> {
  if (options.dryRun && !options.fix) {
    throw new Error('--dry-run goes with --fix');
  }
  if (options.fix && !['text', 'json'].includes(options.format)) {
    throw new Error('--fix prints what it changed as text or json');
  }
  const score = () =>
    scoreFolder(dir, {
      paths: options.path,
      facts: options.facts,
      waivers: options.waivers,
      level: options.level,
      now: parseInstant(options.at, '--at') ?? new Date(),
    });
  const scored = await score();
  if (!options.fix) {
    printAs(options.format, scored.cards, PRINTERS);
    return judgeAll(scored.cards, options.level);
  }
  const written = await applyFixes(dir, scored, options);
  const { cards } = written ? await score() : scored;
  return judgeAll(cards, options.level);
}
