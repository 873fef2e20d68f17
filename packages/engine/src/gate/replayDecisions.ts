import type {
  GateDecision,
  GateOutcome,
  GatePolicy,
  GateVerdict,
} from '../model';
import { decideGate, type GateJudgement } from './decideGate';
import { oncePerDeployment } from './gateAccuracy';
import type { GateFacts } from './gateFacts';
import { strictness } from './verdicts';

/** @public */
export interface ReplayedDecision {
  decision: GateDecision;
  /** What it was decided from. */
  facts: GateFacts;
}

/** @public */
export interface GateReplayCounts {
  /** Deployments that failed and would have been stopped. */
  stoppedFailures: number;
  /** Deployments that did well and would have been stopped. */
  stoppedSuccesses: number;
  /** Deployments that failed and would have been let through. */
  missedFailures: number;
}

/** @public */
export interface GateReplayResult {
  decisions: number;
  changed: {
    decisionId: string;
    entityRef: string;
    at: string;
    before: GateVerdict;
    after: GateVerdict;
    reason: string;
    result: GateOutcome['result'];
  }[];
  before: GateReplayCounts;
  after: GateReplayCounts;
}

type Replayed = ReplayedDecision & { after: GateJudgement };

/** Whether the gate itself said no, whatever a person said later. */
function wasStopped({ proceed, override }: GateDecision): boolean {
  return override !== undefined || !proceed;
}

function counts(
  replayed: readonly Replayed[],
  isStopped: (one: Replayed) => boolean,
): GateReplayCounts {
  const ended = (result: GateOutcome['result'], stopped: boolean) =>
    replayed.filter(
      one =>
        one.decision.outcome?.result === result && isStopped(one) === stopped,
    ).length;
  return {
    stoppedFailures: ended('failed', true),
    stoppedSuccesses: ended('succeeded', true),
    missedFailures: ended('failed', false),
  };
}

/** The rule that makes the difference: the strictest that says something else than before. */
function differenceOf({ decision, after }: Replayed): string {
  const keyOf = ({ rule, subject }: GateDecision['rules'][number]) =>
    JSON.stringify([rule, subject]);
  const [from, to] =
    strictness(after.verdict) > strictness(decision.verdict)
      ? [decision.rules, after.rules]
      : [after.rules, decision.rules];
  const other = new Map(from.map(rule => [keyOf(rule), rule]));
  const strictest = [...to]
    .sort((a, b) => strictness(b.verdict) - strictness(a.verdict))
    .find(rule => other.get(keyOf(rule))?.verdict !== rule.verdict);
  if (!strictest) {
    return `The policy says ${after.verdict}`;
  }
  if (to === after.rules) {
    return strictest.reason;
  }
  const now = other.get(keyOf(strictest));
  return `${strictest.reason}: ${
    now ? `${now.verdict} now` : 'no longer asked'
  }`;
}

/**
 * What a changed policy would have decided, from the facts each decision was made from. Counts speak of deployments that
 * went ahead and came to an outcome, each once; what a block prevented has none.
 *
 * @public
 */
export function replayDecisions(options: {
  policy: GatePolicy;
  decisions: readonly ReplayedDecision[];
  /** Name of the golden path the policy is of: then only its scorecard is asked. */
  path?: string;
}): GateReplayResult {
  const { policy, path } = options;
  const replayed = options.decisions.map(one => ({
    ...one,
    after: decideGate({
      policy,
      request: one.decision.request,
      facts: one.facts,
      now: new Date(one.decision.at),
      path,
    }),
  }));
  const kept = new Set(
    oncePerDeployment(replayed.map(({ decision }) => decision)),
  );
  const once = replayed.filter(
    ({ decision }) => kept.has(decision) && decision.exemption === undefined,
  );
  return {
    decisions: replayed.length,
    changed: replayed
      .filter(({ decision, after }) => after.verdict !== decision.verdict)
      .map(one => ({
        decisionId: one.decision.id,
        entityRef: one.decision.request.entityRef,
        at: one.decision.at,
        before: one.decision.verdict,
        after: one.after.verdict,
        reason: differenceOf(one),
        result: one.decision.outcome?.result ?? 'pending',
      })),
    before: counts(once, ({ decision }) => wasStopped(decision)),
    after: counts(once, ({ after }) => !after.proceed),
  };
}
