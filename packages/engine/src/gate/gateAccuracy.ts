import { wilsonInterval } from '../health/wilson';
import {
  gateVerdictSchema,
  type GateDecision,
  type GateVerdict,
} from '../model';

/** @public */
export interface GateRate {
  /** null with a denominator of 0, which is no data and not 0 %. */
  value: number | null;
  numerator: number;
  denominator: number;
  /** Wilson score interval at 95 %. */
  interval?: { low: number; high: number };
}

/** @public */
export interface GateAccuracyResult {
  decisions: number;
  byVerdict: Record<GateVerdict, number>;
  overridden: number;
  exempted: number;
  outcomes: {
    verdict: GateVerdict;
    failed: number;
    succeeded: number;
    notDeployed: number;
    pending: number;
  }[];
  precision: GateRate;
  recall: GateRate;
}

type Judged = Pick<
  GateDecision,
  'request' | 'at' | 'verdict' | 'exemption' | 'override' | 'outcome'
>;

const AGAINST: readonly GateVerdict[] = ['warn', 'block'];

function rate(numerator: number, denominator: number): GateRate {
  return denominator === 0
    ? { value: null, numerator, denominator }
    : {
        value: numerator / denominator,
        numerator,
        denominator,
        interval: wilsonInterval(numerator, denominator),
      };
}

/**
 * A deployment once, however often the gate was asked about it: by its last decision.
 *
 * @internal
 */
export function oncePerDeployment<
  T extends Pick<GateDecision, 'request' | 'at' | 'outcome'>,
>(decisions: readonly T[]): T[] {
  const last = new Map<string, T>();
  const without: T[] = [];
  for (const decision of decisions) {
    const { entityRef, environment } = decision.request;
    const deploymentId = decision.outcome?.deploymentId;
    if (deploymentId === undefined) {
      without.push(decision);
      continue;
    }
    const key = JSON.stringify([entityRef, environment, deploymentId]);
    const known = last.get(key);
    if (!known || Date.parse(known.at) <= Date.parse(decision.at)) {
      last.set(key, decision);
    }
  }
  return [...without, ...last.values()];
}

/**
 * The gate judged by what happened. Precision: of the deployments that went ahead against a block or a warning, the share
 * that failed. Recall: of the deployments that failed, the share that had been warned of or blocked. A deployment counts
 * once, by the last decision on it; rollbacks and fixes, which pass whatever the rules say, count in neither. What a block
 * prevented has no outcome, so that both speak only of what went ahead.
 *
 * @public
 */
export function gateAccuracy(decisions: readonly Judged[]): GateAccuracyResult {
  const judged = oncePerDeployment(
    decisions.filter(({ exemption }) => exemption === undefined),
  );
  const count = (
    verdicts: readonly GateVerdict[],
    result: NonNullable<GateDecision['outcome']>['result'],
  ) =>
    judged.filter(
      ({ verdict, outcome }) =>
        verdicts.includes(verdict) && (outcome?.result ?? 'pending') === result,
    ).length;
  const verdicts = gateVerdictSchema.options;
  const hits = count(AGAINST, 'failed');
  return {
    decisions: decisions.length,
    byVerdict: Object.fromEntries(
      verdicts.map(verdict => [
        verdict,
        decisions.filter(decision => decision.verdict === verdict).length,
      ]),
    ) as Record<GateVerdict, number>,
    overridden: decisions.filter(({ override }) => override !== undefined)
      .length,
    exempted: decisions.filter(({ exemption }) => exemption !== undefined)
      .length,
    outcomes: verdicts.map(verdict => ({
      verdict,
      failed: count([verdict], 'failed'),
      succeeded: count([verdict], 'succeeded'),
      notDeployed: count([verdict], 'not-deployed'),
      pending: count([verdict], 'pending'),
    })),
    precision: rate(hits, hits + count(AGAINST, 'succeeded')),
    recall: rate(hits, count(verdicts, 'failed')),
  };
}
