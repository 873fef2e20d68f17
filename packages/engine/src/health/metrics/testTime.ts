import type { Metric } from '../../model';
import { eventsOfKind } from '../eventsOfKind';
import { runTime } from '../toil/runTime';
import type { MetricContext } from './metricContext';

/** Whether the event tells of a single test case, which a test suite consists of. */
function isTestCase({ type }: { type: string }): boolean {
  return type.includes('.testcaserun.');
}

/**
 * Test time: from start to end of a test run, in seconds; median over the runs that ended in the window, whatever
 * environment they ran in. Single test cases count only where no suite was ever reported, and cancelled runs never.
 */
export function testTime(context: MetricContext): Metric {
  const all = eventsOfKind(context.events, 'test-run-finished');
  const suites = all.filter(event => !isTestCase(event));
  const runs = suites.length > 0 ? suites : all;
  const isCancelled = ({ outcome }: (typeof all)[number]) =>
    outcome === 'cancelled';
  return runTime(context, {
    runs: runs.filter(run => !isCancelled(run)),
    everSeen: all.length > 0,
    noun: 'test run',
    leftOut: { runs: runs.filter(isCancelled), because: 'cancelled' },
  });
}
