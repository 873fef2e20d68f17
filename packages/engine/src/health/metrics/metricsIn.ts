import type { HealthMetricName, HealthReport, Metric } from '../../model';
import { aiShare } from './aiShare';
import { approvalWait } from './approvalWait';
import { changeFailRate } from './changeFailRate';
import { changeLeadTime } from './changeLeadTime';
import { costPerChange } from './costPerChange';
import { deliveryFailureRate } from './deliveryFailureRate';
import { deploymentFrequency } from './deploymentFrequency';
import { deploymentReworkRate } from './deploymentReworkRate';
import { errorBudget } from './errorBudget';
import { failedDeploymentRecoveryTime } from './failedDeploymentRecoveryTime';
import { findingsPerRelease } from './findingsPerRelease';
import { flagStaleness } from './flagStaleness';
import type { MetricContext } from './metricContext';
import { offHours } from './offHours';
import { rerunRate } from './rerunRate';
import { scanTime } from './scanTime';
import { testTime } from './testTime';
import { timeToRestore } from './timeToRestore';
import { toil } from './toil';

/** What the events give, whether or not they are recent. */
function metricsOfEvents(context: MetricContext): HealthReport['metrics'] {
  return {
    deploymentFrequency: deploymentFrequency(context),
    changeLeadTime: changeLeadTime(context),
    changeFailRate: changeFailRate(context),
    failedDeploymentRecoveryTime: failedDeploymentRecoveryTime(context),
    deploymentReworkRate: deploymentReworkRate(context),
    timeToRestore: timeToRestore(context),
    deliveryFailureRate: deliveryFailureRate(context),
    errorBudget: errorBudget(context),
    findingsPerRelease: findingsPerRelease(context),
    costPerChange: costPerChange(context),
    flagStaleness: flagStaleness(context),
    rerunRate: rerunRate(context),
    approvalWait: approvalWait(context),
    toil: toil(context),
    offHours: offHours(context),
    testTime: testTime(context),
    scanTime: scanTime(context),
    aiShare: aiShare(context),
  };
}

/** An error budget is stale sooner, and by its own measurements; what was never heard of cannot fall silent. */
function whenSilent(
  name: HealthMetricName,
  { status, unit, ...metric }: Metric,
): Metric {
  return name === 'errorBudget' || status === 'not-instrumented'
    ? { status, unit, ...metric }
    : {
        status: 'stale',
        value: null,
        unit,
        n: 0,
        note: 'nothing was heard of the entity for too long',
        evidence: [],
      };
}

/** Every metric of one window; of an entity that fell silent nothing is known. */
export function metricsIn(context: MetricContext): HealthReport['metrics'] {
  const metrics = metricsOfEvents(context);
  if (context.silent) {
    for (const name of Object.keys(metrics) as HealthMetricName[]) {
      metrics[name] = whenSilent(name, metrics[name]);
    }
  }
  return metrics;
}
