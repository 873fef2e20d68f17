import { createHash } from 'node:crypto';
import { FactCollectorResult } from '@goldenpath/backstage-plugin-golden-path-node';
import { factSchema } from '@goldenpath/engine';
import { StoredFact } from '../database/FactStore';
import { WorkReason } from '../work/workReasons';
import { describeError } from './describeError';

const MAX_FACT_BYTES = 2_000_000;
const RETRY_MS = 5 * 60_000;

/** What came of asking a collector: its answer, or what it threw. @internal */
export type CollectorOutcome =
  | FactCollectorResult
  | { error: unknown }
  | { suspended: string; until: Date };

/**
 * Whether a collector is to be asked now: when it never was, when its fact is due, and when the reason for the
 * evaluation touches what it reads.
 * @internal
 */
export function isCollectorDue(options: {
  source: string;
  stored: StoredFact | undefined;
  reasons: WorkReason[];
  now: Date;
}): boolean {
  const { source, stored, reasons, now } = options;
  if (!stored || stored.refreshAt <= now) {
    return true;
  }
  return reasons.some(
    reason =>
      reason === 'refresh' ||
      reason === 'entity-changed' ||
      (reason === 'repository-pushed' && source === 'repository') ||
      (reason === 'update-merged' && source === 'repository') ||
      (reason === 'delivery-event' && source === 'health'),
  );
}

/**
 * The state of a source after its collector was asked.
 *
 * @remarks
 * A failure never takes a good fact away: it stays, with the problem beside it, until it expires by itself. Only
 * `absent` and a `NotFoundError` remove it, since they say that there is nothing to know.
 * @internal
 */
export function nextFact(options: {
  source: string;
  ttlMs: number;
  stored: StoredFact | undefined;
  outcome: CollectorOutcome;
  now: Date;
}): StoredFact {
  const { source, ttlMs, stored, outcome, now } = options;
  const later = (ms: number) => new Date(now.getTime() + ms);
  const keep = (problem: string): StoredFact => ({
    ...stored,
    source,
    problem,
    suspendedUntil: undefined,
    refreshAt: later(Math.min(RETRY_MS, ttlMs / 2)),
  });
  if ('suspended' in outcome) {
    const { suspended, until } = outcome;
    return {
      ...stored,
      source,
      problem: suspended,
      suspendedUntil: until,
      refreshAt: until,
    };
  }
  if ('error' in outcome) {
    const problem = describeError(outcome.error);
    return (outcome.error as Error | undefined)?.name === 'NotFoundError'
      ? { source, problem, refreshAt: later(ttlMs / 2) }
      : keep(problem);
  }
  if (outcome.status === 'absent') {
    return { source, problem: outcome.reason, refreshAt: later(ttlMs / 2) };
  }
  const fresh = {
    observedAt: now.toISOString(),
    expiresAt: later(ttlMs).toISOString(),
  };
  if (outcome.status === 'unchanged') {
    return stored?.fact
      ? {
          source,
          etag: stored.etag,
          digest: stored.digest,
          fact: { ...stored.fact, ...fresh },
          refreshAt: later(ttlMs / 2),
        }
      : keep(
          `The collector '${source}' answered 'unchanged', but there is no fact yet`,
        );
  }
  const text = JSON.stringify(outcome.data) ?? '';
  if (text.length > MAX_FACT_BYTES) {
    return keep(
      `The fact '${source}' has ${text.length} characters, and at most ${MAX_FACT_BYTES} are kept`,
    );
  }
  const parsed = factSchema.safeParse({
    ...fresh,
    data: text === '' ? undefined : JSON.parse(text),
    ...(outcome.gaps && { gaps: outcome.gaps }),
  });
  return parsed.success
    ? {
        source,
        etag: outcome.etag,
        fact: parsed.data,
        digest: digestOf(text, outcome.gaps),
        refreshAt: later(ttlMs / 2),
      }
    : keep(`The collector '${source}' did not answer with a JSON object`);
}

/** Of a fact's content; another reason for a gap is another content. @internal */
export function digestOf(text: string, gaps?: Record<string, string>): string {
  return createHash('sha256')
    .update(text)
    .update(gaps ? JSON.stringify(gaps) : '')
    .digest('hex');
}
