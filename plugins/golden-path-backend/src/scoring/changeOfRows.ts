import {
  effectiveStage,
  explainStandings,
  ScoreChange,
  Standing,
} from '@goldenpath/engine';
import { ResultRow } from '../database/tables';
import { LoadedPath } from '../paths/loadPaths';
import { decodeVerdict, decodeVerdicts } from './verdictCodes';

/** A stored result and the definition it was judged by. @internal */
export interface JudgedRow {
  row: ResultRow;
  loaded: LoadedPath;
}

/**
 * What the change from one result of an entity to the next comes from; the evidence is not read.
 *
 * In a pass nearly every change is of the plain kind: the same definition, the same stages, no waiver, and nothing that
 * went or came with a collector. Then all of it is the service's, and there is no need to work the score out step by
 * step.
 * @internal
 */
export function changeOfRows(before: JudgedRow, after: JudgedRow): ScoreChange {
  return (
    plainChange(before, after) ??
    explainStandings({ before: standingOf(before), after: standingOf(after) })
  );
}

/** Passed, failed, not applicable, or unknown for want of a field. */
const PLAIN = /^[pfnu]*$/;

function plainChange(
  before: JudgedRow,
  after: JudgedRow,
): ScoreChange | undefined {
  const { compiled } = after.loaded;
  const [from, to] = [before.row, after.row];
  if (
    before.loaded.digest !== after.loaded.digest ||
    from.credits !== null ||
    to.credits !== null ||
    !PLAIN.test(from.verdicts) ||
    !PLAIN.test(to.verdicts) ||
    hasDates(after.loaded)
  ) {
    return undefined;
  }
  const checks: ScoreChange['parts'][number]['checks'] = [];
  for (let index = 0; index < to.verdicts.length; index++) {
    if (from.verdicts[index] !== to.verdicts[index]) {
      checks.push({
        id: compiled.checks[index].check.id,
        from: decodeVerdict(from.verdicts[index]).verdict,
        to: decodeVerdict(to.verdicts[index]).verdict,
      });
    }
  }
  const difference = (a: number | null, b: number | null) =>
    a === null || b === null ? 0 : b - a;
  return {
    raw: { from: from.score_raw, to: to.score_raw },
    adjusted: { from: from.score_adjusted, to: to.score_adjusted },
    level: { from: from.level, to: to.level },
    parts:
      checks.length === 0
        ? []
        : [
            {
              cause: 'service',
              raw: difference(from.score_raw, to.score_raw),
              adjusted: difference(from.score_adjusted, to.score_adjusted),
              checks,
            },
          ],
  };
}

const dated = new WeakMap<LoadedPath, boolean>();

/** Whether a stage of the path depends on the day. */
function hasDates(loaded: LoadedPath): boolean {
  let known = dated.get(loaded);
  if (known === undefined) {
    const { checks } = loaded.path.spec;
    known = checks.some(({ rollout }) => rollout.enforceFrom !== undefined);
    dated.set(loaded, known);
  }
  return known;
}

function standingOf({ row, loaded }: JudgedRow): Standing {
  const credits: Record<number, number> =
    row.credits === null ? {} : JSON.parse(row.credits);
  const at = new Date(row.evaluated_at);
  return {
    path: loaded.path,
    level: row.level,
    score: {
      raw: row.score_raw,
      adjusted: row.score_adjusted,
      low: row.score_low,
      high: row.score_high,
    },
    checks: decodeVerdicts(row.verdicts).map((decoded, index) => {
      const { id, weight, level, rollout } = loaded.path.spec.checks[index];
      const { verdict, bare, forCollector } = decoded;
      return {
        id,
        verdict,
        bare,
        forCollector,
        credit: credits[index] ?? (bare === 'pass' ? 1 : 0),
        weight,
        level,
        stage: effectiveStage(rollout, at),
      };
    }),
  };
}
