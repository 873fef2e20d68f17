import type { Metric, MetricPart } from '../../model';
import {
  type Charge,
  coveredShare,
  chargesIn,
  shareInWindow,
} from '../cost/charges';
import { findCostSteps } from '../cost/costSteps';
import { countDeployedChanges } from '../cost/deployedChanges';
import { countPipelineMinutes } from '../cost/pipelineMinutes';
import {
  counted,
  type MetricContext,
  MIN_RATE_N,
  noteOf,
  tooFew,
  withoutSource,
} from './metricContext';

const MAX_STEPS = 20;
const CATEGORIES = ['credit', 'adjustment', 'tax'] as const;

function sumInWindow(
  charges: readonly Charge[],
  context: MetricContext,
): number {
  return charges.reduce(
    (sum, charge) => sum + charge.amount * shareInWindow(charge, context),
    0,
  );
}

function eventsOf(
  charges: readonly Charge[],
  { orderEvidence }: MetricContext,
): string[] {
  return orderEvidence(charges.map(({ event }) => event));
}

/** The bill's share that could be given to nobody, each charge weighing by its time in the window. */
function unallocatedPart(
  charges: readonly Charge[],
  context: MetricContext,
): MetricPart[] {
  const known = charges.filter(
    ({ unallocatedShare }) => unallocatedShare !== undefined,
  );
  const timeOf = (charge: Charge) =>
    (charge.to - charge.from) * shareInWindow(charge, context);
  const time = known.reduce((sum, charge) => sum + timeOf(charge), 0);
  return time === 0
    ? []
    : [
        {
          name: 'unallocated',
          unit: 'ratio',
          value: known.reduce(
            (sum, charge) =>
              sum + (charge.unallocatedShare! * timeOf(charge)) / time,
            0,
          ),
          note: 'share of the bill that could be given to no entity',
          evidence: eventsOf(known, context),
        },
      ];
}

/** The cost of pipelines: as charged, and as worked out of their minutes. */
function ciParts(
  charges: readonly Charge[],
  currency: string | undefined,
  context: MetricContext,
): MetricPart[] {
  const parts: MetricPart[] = [];
  if (charges.length > 0) {
    parts.push({
      name: 'ci-charged',
      unit: 'currency',
      value: sumInWindow(charges, context),
      evidence: eventsOf(charges, context),
    });
  }
  const rate = context.settings.ciCostPerMinute;
  if (rate) {
    const { minutes, timed, untimed, events } = countPipelineMinutes(context);
    const foreign = currency !== undefined && currency !== rate.currency;
    parts.push({
      name: 'ci',
      unit: 'currency',
      value: timed === 0 || foreign ? null : minutes * rate.amount,
      n: timed,
      estimate: true,
      ...noteOf(
        `${minutes} minutes at ${rate.amount} ${rate.currency}`,
        foreign && `not shown beside ${currency}`,
        timed === 0 && 'no pipeline run with a known duration',
        untimed > 0 && `${counted(untimed, 'run')} without a start time`,
      ),
      evidence: context.orderEvidence(events),
    });
  }
  return parts;
}

function stepParts(
  charges: readonly Charge[],
  { deployments }: ReturnType<typeof countDeployedChanges>,
  currency: string,
  context: MetricContext,
): MetricPart[] {
  return findCostSteps({
    deployments,
    charges,
    timeZone: context.settings.timeZone,
  })
    .slice(0, MAX_STEPS)
    .map(step => ({
      name: `step:${step.deployments[0].id}`,
      unit: 'currency',
      value: step.after - step.before,
      ...noteOf(
        `median daily cost from ${step.before} to ${step.after} ${currency} in the 7 days after the deployment`,
        Number.isFinite(step.sigmas)
          ? `${step.sigmas.toFixed(1)} robust standard deviations`
          : 'the days before all cost the same',
        step.deployments.length > 1 &&
          `${step.deployments.length} deployments on that day`,
        step.others > 0 &&
          `${counted(step.others, 'other deployment')} within 7 days`,
      ),
      evidence: context.orderEvidence([
        ...step.deployments.flatMap(({ events }) => events),
        ...step.events,
      ]),
    }));
}

/**
 * Cloud cost per change: the charges of running the entity, each for the part of its period that lies in the window,
 * over the changes first deployed in it. Credits and adjustments count, taxes do not; charges in several currencies
 * are not added up. What pipelines cost is a line of its own. Without a deployed change there is no ratio, and the
 * cost is still shown.
 */
export function costPerChange(context: MetricContext): Metric {
  const all = chargesIn(context);
  const inWindow = all.filter(charge => shareInWindow(charge, context) > 0);
  const isRun = ({ line }: Charge) => line === 'run';
  const run = inWindow.filter(isRun);
  const ci = inWindow.filter(charge => !isRun(charge));
  const currencies = [...new Set(inWindow.map(({ currency }) => currency))];
  const [currency] = currencies;
  if (currencies.length > 1) {
    return {
      status: 'no-data',
      value: null,
      unit: 'currency',
      n: 0,
      note: `charges in ${currencies
        .sort()
        .join(' and ')} are not added up: report one currency`,
      evidence: eventsOf(inWindow, context),
    };
  }
  const pipelines = ciParts(ci, currency, context);
  if (run.length === 0) {
    const currencyOfParts =
      currency ?? context.settings.ciCostPerMinute?.currency;
    return {
      ...(all.some(isRun)
        ? {
            status: 'no-data' as const,
            value: null,
            unit: 'currency' as const,
            n: 0,
            note: 'no charge in the window',
            evidence: [],
          }
        : withoutSource('currency', [['absent', 'costs']])!),
      ...(pipelines.length > 0 && {
        parts: pipelines,
        currency: currencyOfParts,
      }),
    };
  }
  const untaxed = run.filter(({ category }) => category !== 'tax');
  const cost = sumInWindow(untaxed, context);
  const changes = countDeployedChanges(context);
  const n = changes.count;
  const covered = coveredShare(run, context);
  const columns = [...new Set(run.map(({ column }) => column))].sort();
  const noDeployments = context.sources.deployments === 'absent';
  const isUnknown =
    n === 0 &&
    changes.silent > 0 &&
    changes.silent === changes.deployments.length;
  const enough = n < MIN_RATE_N ? 'insufficient' : 'ok';
  const status = n === 0 ? 'no-data' : enough;
  return {
    status,
    value: n === 0 ? null : cost / n,
    unit: 'currency',
    currency,
    n,
    numerator: cost,
    denominator: n,
    parts: [
      {
        name: 'cost',
        unit: 'currency',
        value: cost,
        evidence: eventsOf(untaxed, context),
      },
      ...CATEGORIES.flatMap<MetricPart>(category => {
        const charges = run.filter(charge => charge.category === category);
        return charges.length === 0
          ? []
          : [
              {
                name: category,
                unit: 'currency',
                value: sumInWindow(charges, context),
                note: category === 'tax' ? 'not in the cost' : 'in the cost',
                evidence: eventsOf(charges, context),
              },
            ];
      }),
      {
        name: 'covered',
        unit: 'ratio',
        value: covered,
        note: 'share of the window that charges cover',
        evidence: eventsOf(run, context),
      },
      ...unallocatedPart(run, context),
      ...pipelines,
      ...stepParts(
        all.filter(
          charge =>
            isRun(charge) &&
            charge.category !== 'tax' &&
            charge.currency === currency,
        ),
        changes,
        currency,
        context,
      ),
    ],
    ...noteOf(
      `from ${columns.join(' and ')}`,
      noDeployments && 'no source of deployments is connected',
      n === 0 &&
        !noDeployments &&
        (isUnknown ? 'not known what was deployed' : 'no deployed change'),
      tooFew({ status, n }, MIN_RATE_N, 'change'),
      n > 0 &&
        changes.silent > 0 &&
        `${counted(
          changes.silent,
          'deployment',
        )} did not say what changes they shipped`,
      covered < 1 && 'charges do not cover the whole window',
    ),
    evidence: context.orderEvidence([
      ...eventsOf(untaxed, context),
      ...changes.deployments.flatMap(({ events }) => events),
    ]),
  };
}
