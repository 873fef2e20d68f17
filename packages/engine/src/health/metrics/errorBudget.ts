import type { Metric, ObjectiveBudget } from '../../model';
import { errorBudgetOf } from '../slo/errorBudgetOf';
import { type MeasuredObjective, objectivesIn } from '../slo/objectives';
import { counted, type MetricContext, noteOf } from './metricContext';

const DAY_MS = 86_400_000;

/** An objective that was not measured for its whole period has been given up, if others are still measured. */
function inUse(
  objectives: readonly MeasuredObjective[],
  now: number,
): MeasuredObjective[] {
  const current = objectives.filter(({ measurements }) => {
    const { at, slo } = measurements.at(-1)!;
    return now - at.getTime() <= slo.objective.periodDays * DAY_MS;
  });
  return current.length > 0 ? current : [...objectives];
}

function statusOf(
  budgets: readonly ObjectiveBudget[],
  worst: ObjectiveBudget | undefined,
): Metric['status'] {
  if (worst) {
    return worst.status;
  }
  return budgets.some(({ status }) => status === 'stale') ? 'stale' : 'no-data';
}

/**
 * Error budget: what is left of the budget of the worst objective, as a share; below 0 it is overdrawn. Taken at the end of
 * the window, or now while that lasts. `objectives` holds all of them, with burn rates and alerts; an objective that
 * nobody measured lately is among them and takes no part in the value. Site Reliability Workbook, chapter 5.
 */
export function errorBudget(context: MetricContext): Metric {
  const at = Math.min(context.now, context.to);
  const seen = objectivesIn(context);
  const measured = seen
    .map(({ name, measurements }) => ({
      name,
      measurements: measurements.filter(event => event.at.getTime() <= at),
    }))
    .filter(({ measurements }) => measurements.length > 0);
  const none = {
    value: null,
    unit: 'ratio' as const,
    n: 0,
    evidence: [],
  };
  if (seen.length === 0) {
    return {
      ...none,
      status: 'not-instrumented',
      note: 'no source of service level objectives is connected',
    };
  }
  if (measured.length === 0) {
    return { ...none, status: 'no-data', note: 'no objective was measured' };
  }
  const objectives = inUse(measured, at);
  const budgets = objectives.map(
    ({ measurements }) => errorBudgetOf(measurements, { now: new Date(at) })!,
  );
  const judged = budgets.filter(
    ({ status }) => status === 'ok' || status === 'insufficient',
  );
  const worst = judged.reduce<ObjectiveBudget | undefined>(
    (least, budget) =>
      !least || budget.remaining! < least.remaining! ? budget : least,
    undefined,
  );
  const period = worst?.burnRates.find(
    ({ seconds }) => seconds === worst.periodDays * 86_400,
  );
  const unknown = budgets.length - judged.length;
  return {
    status: statusOf(budgets, worst),
    value: worst?.remaining ?? null,
    unit: 'ratio',
    n: judged.length,
    ...(period?.bad !== undefined && { numerator: period.bad }),
    ...(period?.valid !== undefined && { denominator: period.valid }),
    objectives: budgets,
    ...noteOf(
      worst && judged.length > 1 && `the worst of them: ${worst.name}`,
      unknown > 0 &&
        `${counted(unknown, 'objective')} without a current measurement`,
    ),
    evidence: context.orderEvidence(
      objectives.map(({ measurements }) => measurements.at(-1)!.id),
    ),
  };
}
