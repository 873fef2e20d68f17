import type { HealthMetricName } from '@goldenpath/engine';

const DEPLOYMENTS =
  'Let the pipeline post a CDEvent of each deployment to /api/golden-path/v1/events.';
const INCIDENTS =
  'Connect the incident tool, by its webhook or with CDEvents of incidents.';
const PIPELINES =
  'Let the pipeline report its runs, by the webhook of its host or with CDEvents.';
const SCANS =
  'Post the SARIF file of each scan to /api/golden-path/v1/findings.';

const HOW: Record<HealthMetricName, string> = {
  deploymentFrequency: DEPLOYMENTS,
  changeLeadTime: DEPLOYMENTS,
  changeFailRate: `${DEPLOYMENTS} ${INCIDENTS}`,
  failedDeploymentRecoveryTime: `${DEPLOYMENTS} ${INCIDENTS}`,
  deploymentReworkRate: DEPLOYMENTS,
  timeToRestore: INCIDENTS,
  deliveryFailureRate: DEPLOYMENTS,
  errorBudget:
    'Name the objective of the service and connect Prometheus, or post what was measured as slo.measured events.',
  findingsPerRelease: `${DEPLOYMENTS} ${SCANS}`,
  costPerChange:
    'Post the FOCUS export of the cloud, or OpenCost’s allocation, to /api/golden-path/v1/costs.',
  flagStaleness:
    'Connect Unleash, or post the flags of the provider to /api/golden-path/v1/flags.',
  rerunRate: PIPELINES,
  approvalWait: 'Let the host of the pipeline report its approvals by webhook.',
  toil: PIPELINES,
  offHours: DEPLOYMENTS,
  testTime: 'Let the pipeline post a CDEvent of each test run, with its start.',
  scanTime: SCANS,
  aiShare:
    'Let the events of changes or deployments say what their changes disclose.',
};

/** What has to be sent before a metric can be worked out. */
export function howToInstrument(name: HealthMetricName): string {
  return HOW[name];
}
