import { HistoryEntry } from '@goldenpath/backstage-plugin-golden-path-common';
import { Scorecard, Verdict } from '@goldenpath/engine';

/**
 * What is new in a scorecard compared with the one before: the checks whose verdict changed, or `undefined` when
 * neither level, score, path version nor any verdict did, so that history holds changes only.
 * @internal
 */
export function scorecardChanges(options: {
  before: Scorecard | undefined;
  after: Scorecard;
}): HistoryEntry['changes'] | undefined {
  const { before, after } = options;
  const old = verdicts(before);
  const now = verdicts(after);
  const changes: HistoryEntry['changes'] = [];
  for (const id of new Set([...now.keys(), ...old.keys()])) {
    const from = old.get(id) ?? null;
    const to = now.get(id) ?? null;
    if (from !== to) {
      changes.push({ id, from, to });
    }
  }
  const same =
    before !== undefined &&
    changes.length === 0 &&
    before.level === after.level &&
    before.path.version === after.path.version &&
    sameScore(before.score, after.score);
  return same ? undefined : changes;
}

function verdicts(scorecard: Scorecard | undefined): Map<string, Verdict> {
  return new Map(scorecard?.checks.map(check => [check.id, check.verdict]));
}

function sameScore(a: Scorecard['score'], b: Scorecard['score']): boolean {
  return (
    a.raw === b.raw &&
    a.adjusted === b.adjusted &&
    a.low === b.low &&
    a.high === b.high
  );
}
