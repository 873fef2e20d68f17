import {
  AppliedWaiver,
  JudgedCheck,
  judgePath,
  nextChangeAt,
  Outcome,
  Scorecard,
  toScorecard,
  weighPath,
} from '@goldenpath/engine';
import { ResultWrite } from '../database/ResultStore';
import { HistoryRow, ResultRow } from '../database/tables';
import { LoadedPath } from '../paths/loadPaths';
import { EntityFacts } from './storedFacts';
import { changeOfRows } from './changeOfRows';
import { decodeJudged, encodeJudged } from './judgedCodec';
import { verdictCode } from './verdictCodes';

/** Later than anything: no fact of it expires and no date of the path is ahead. */
const NEVER = '9999-12-31T00:00:00.000Z';

/** @internal */
export interface JudgeEntityOptions {
  entityRef: string;
  loaded: LoadedPath;
  facts: EntityFacts;
  waivers: AppliedWaiver[];
  now: Date;
  /** The stored result, and the definition it was judged by where that is still known. */
  previous?: { row: ResultRow; loaded?: LoadedPath };
}

/**
 * Judges one entity by one path and says what is to be stored. Only checks that read a source whose content changed, or
 * whose freshness did, are judged anew; the others keep what they said. History gets a row only when a verdict, the
 * level, the score or the version of the path differs.
 * @internal
 */
export function judgeEntity(options: JudgeEntityOptions): ResultWrite {
  const { loaded, facts, waivers, now, previous } = options;
  const { compiled } = loaded;
  const digests = digestsOf(facts, compiled.sources);
  const known = previous && reusable(previous.row, loaded, digests);
  const judged = judgePath({
    path: compiled,
    facts: facts.facts,
    absences: facts.absences,
    now,
    previous: known,
  });
  const isReused =
    known !== undefined &&
    judged.every((check, index) => check === known.judged[index]);
  const outcome = weighPath({ path: compiled, judged, waivers, now });
  const row = toRow({
    ...options,
    judged,
    text: isReused ? previous!.row.judged : encodeJudged(judged),
    outcome,
    digests,
  });
  const before = previous?.row;
  return {
    row,
    unchanged: before !== undefined && sameContent(before, row),
    history: historyOf(row, options),
  };
}

/** The scorecard a stored result stands for. @internal */
export function scorecardOf(row: ResultRow, loaded: LoadedPath): Scorecard {
  return toScorecard({
    path: loaded.compiled,
    entityRef: row.entity_ref,
    judged: decodeJudged(row.judged, loaded.compiled.checks),
    waivers: JSON.parse(row.waivers),
    now: new Date(row.evaluated_at),
  });
}

function digestsOf(
  facts: EntityFacts,
  sources: readonly string[],
): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const source of sources) {
    digests[source] = facts.digests[source] ?? '';
  }
  return digests;
}

/** What of a stored result still holds: nothing when it was judged by another definition. */
function reusable(
  row: ResultRow,
  { digest, compiled }: LoadedPath,
  digests: Record<string, string>,
): { judged: JudgedCheck[]; changed: Set<string> } | undefined {
  if (row.path_digest !== digest) {
    return undefined;
  }
  const used: Record<string, string> = JSON.parse(row.facts_used);
  const sources = Object.keys(used);
  const changed = new Set(
    // Without content there may be another reason for that, which the verdict names
    sources.filter(
      source => used[source] === '' || used[source] !== digests[source],
    ),
  );
  return changed.size < sources.length
    ? { judged: decodeJudged(row.judged, compiled.checks), changed }
    : undefined;
}

function toRow(
  options: JudgeEntityOptions & {
    judged: JudgedCheck[];
    text: string;
    outcome: Outcome;
    digests: Record<string, string>;
  },
): ResultRow {
  const { entityRef, loaded, facts, waivers, now, judged, outcome, digests } =
    options;
  const { compiled } = loaded;
  const { metadata, spec } = loaded.path;
  let verdicts = '';
  let failing = 0;
  let unknown = 0;
  let waived = 0;
  let credits: Record<number, number> | undefined;
  for (const [index, { verdict, stage }] of outcome.checks.entries()) {
    const { verdict: bare, evidence, credit } = judged[index];
    verdicts += verdictCode(bare, evidence, verdict === 'waived');
    if (credit > 0 && credit < 1) {
      credits ??= {};
      credits[index] = credit;
    }
    if (stage !== 'enforce') {
      continue;
    }
    if (verdict === 'fail') {
      failing += 1;
    } else if (verdict === 'waived') {
      waived += 1;
    } else if (verdict !== 'pass' && verdict !== 'not-applicable') {
      unknown += 1;
    }
  }
  const { score } = outcome;
  return {
    entity_ref: entityRef,
    path: metadata.name,
    path_version: spec.version,
    path_digest: loaded.digest,
    level: outcome.level,
    level_rank:
      outcome.level === null ? -1 : spec.levels.indexOf(outcome.level),
    next_level: outcome.nextLevel,
    score_raw: score.raw,
    score_adjusted: score.adjusted,
    score_low: score.low,
    score_high: score.high,
    coverage: outcome.coverage,
    failing,
    unknown,
    waived,
    verdicts,
    credits: credits ? JSON.stringify(credits) : null,
    judged: options.text,
    waivers: waivers.length === 0 ? '[]' : JSON.stringify(waivers),
    facts_used: JSON.stringify(digests),
    observed_at: oldest(facts, compiled.sources),
    evaluated_at: now.toISOString(),
    judge_at:
      nextChangeAt({ path: compiled, facts: facts.facts, waivers, now }) ??
      NEVER,
  };
}

function oldest(facts: EntityFacts, sources: readonly string[]): string | null {
  let first: string | null = null;
  for (const source of sources) {
    const observedAt = facts.facts[source]?.observedAt;
    if (observedAt !== undefined && (first === null || observedAt < first)) {
      first = observedAt;
    }
  }
  return first;
}

function sameContent(a: ResultRow, b: ResultRow): boolean {
  return a.judged === b.judged && a.waivers === b.waivers && sameOutcome(a, b);
}

function sameOutcome(a: ResultRow, b: ResultRow): boolean {
  return (
    a.verdicts === b.verdicts &&
    a.level === b.level &&
    a.next_level === b.next_level &&
    a.path_version === b.path_version &&
    a.score_raw === b.score_raw &&
    a.score_adjusted === b.score_adjusted &&
    a.score_low === b.score_low &&
    a.score_high === b.score_high
  );
}

function historyOf(
  row: ResultRow,
  options: JudgeEntityOptions,
): ResultWrite['history'] {
  const { loaded, previous } = options;
  if (previous && sameOutcome(previous.row, row)) {
    return undefined;
  }
  const entry: Omit<HistoryRow, 'id'> = {
    entity_ref: row.entity_ref,
    path: row.path,
    path_version: row.path_version,
    level: row.level,
    score: JSON.stringify({
      raw: row.score_raw,
      adjusted: row.score_adjusted,
      low: row.score_low,
      high: row.score_high,
    }),
    changes: '[]',
    change: null,
    at: row.evaluated_at,
  };
  if (!previous?.loaded) {
    return entry;
  }
  const before = { row: previous.row, loaded: previous.loaded };
  const change = changeOfRows(before, { row, loaded });
  return { ...entry, change: JSON.stringify(change) };
}
