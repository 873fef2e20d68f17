import { HealthReport } from '@goldenpath/engine';

const FEWEST_DEPLOYMENTS = 3;

/** How a service does since a moment. @internal */
export interface HealthSince {
  status: 'good' | 'fallen' | 'unknown';
  /** What fell, or why nothing can be said. */
  cause: string;
}

/**
 * Whether the health of a service fell after `since`: by an incident that began after it and is still open, or by a
 * change fail rate of at least three deployments after it that is above the one before. `good` takes both to be known;
 * what is not known is `unknown`, never good.
 * @internal
 */
export function judgeHealth(options: {
  /** From `since` to `now`. */
  after: HealthReport;
  /** The time before `since`. */
  before: HealthReport;
  since: Date;
  now: Date;
}): HealthSince {
  const { after, before, since, now } = options;
  const { timeToRestore, changeFailRate } = after.metrics;
  const seconds = (now.getTime() - since.getTime()) / 1000;
  const incident = timeToRestore.open?.find(open => open.seconds <= seconds);
  if (incident) {
    return {
      status: 'fallen',
      cause: `incident ${incident.id} began after it and is open`,
    };
  }
  const rate = changeFailRate.value;
  const rateBefore = before.metrics.changeFailRate.value;
  if (changeFailRate.n < FEWEST_DEPLOYMENTS || rate === null) {
    return {
      status: 'unknown',
      cause: `${changeFailRate.n} deployments since are old enough to judge, and ${FEWEST_DEPLOYMENTS} are needed`,
    };
  }
  if (rateBefore === null) {
    return {
      status: 'unknown',
      cause: 'there is no change fail rate of the time before to compare with',
    };
  }
  if (rate > rateBefore) {
    return {
      status: 'fallen',
      cause: `${percent(rate)} of ${
        changeFailRate.n
      } deployments since failed, and ${percent(rateBefore)} before`,
    };
  }
  if (timeToRestore.status === 'not-instrumented') {
    return { status: 'unknown', cause: 'no incidents are reported' };
  }
  return {
    status: 'good',
    cause: `no open incident, and ${percent(rate)} of ${
      changeFailRate.n
    } deployments failed`,
  };
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}
