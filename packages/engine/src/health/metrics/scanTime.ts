import type { Metric } from '../../model';
import { eventsOfKind } from '../eventsOfKind';
import { hasScanned } from '../findings/releaseScans';
import { runTime } from '../toil/runTime';
import type { MetricContext } from './metricContext';

/**
 * Scan time: from start to end of a scan, in seconds; median over the scans that ended in the window. One that failed
 * or brought no results has scanned nothing and does not count.
 */
export function scanTime(context: MetricContext): Metric {
  const scans = eventsOfKind(context.events, 'scan-finished');
  return runTime(context, {
    runs: scans.filter(hasScanned),
    everSeen: scans.length > 0,
    noun: 'scan',
    leftOut: {
      runs: scans.filter(scan => !hasScanned(scan)),
      because: 'failed or without results',
    },
  });
}
