import type { Finding, FindingSeverity, MetricStatus } from '../../model';
import type { DeliveryEvent, ScanEvent } from '../deliveryEvent';
import { readDeployments } from '../deployments';
import { DEFAULT_ENVIRONMENT } from '../environment';
import { orderEvents } from '../eventOrder';
import { eventsOfKind } from '../eventsOfKind';
import { hasSucceeded } from '../metrics/metricContext';
import { scanKey } from './findingIdentity';
import { openFindingsReader } from './newFindings';
import { hasScanned, ReleaseScans } from './releaseScans';

/** A finding that is open, and since when. @public */
export interface OpenFinding {
  finding: Finding;
  tool: string;
  category: string;
  /** The end of the first scan that had it open. */
  firstSeenAt: Date;
  ageSeconds: number;
  /** Ids of the first scan that had it and of the latest. */
  evidence: string[];
}

/** The findings open at one time. @public */
export interface OpenFindings {
  /** `not-instrumented`: no scan was ever reported; `no-data`: none that succeeded. Only with `ok` are the counts known. */
  status: Extract<MetricStatus, 'ok' | 'no-data' | 'not-instrumented'>;
  bySeverity: Record<FindingSeverity, number>;
  /** Worst first, then oldest. */
  findings: OpenFinding[];
  /** Ids of the scans they are from: the latest of what is deployed, per tool and category. */
  evidence: string[];
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'none'] as const;

/** The scans that tell the present state, by tool and category. */
function presentScans(
  events: readonly DeliveryEvent[],
  scans: readonly ScanEvent[],
  environment: string,
): ScanEvent[] {
  const deployments = readDeployments(events, environment);
  const scansOf = new ReleaseScans(events, deployments, environment);
  const present = new Map<string, ScanEvent>();
  for (const deployment of deployments.filter(hasSucceeded)) {
    for (const scan of scansOf.of(deployment)) {
      present.set(scanKey(scan), scan);
    }
  }
  if (present.size === 0) {
    for (const scan of scans) {
      present.set(scanKey(scan), scan);
    }
  }
  return [...present.values()];
}

/**
 * The findings open at an instant, by severity and with their age. Taken from the scans of what is deployed, per tool
 * and category the latest deployment that was scanned; without such, from the latest successful scans. Suppressed
 * ones and those a VEX statement settles are not open. An age counts from the first scan that had the finding open.
 *
 * @param events - of one entity, in any order; those after `at` are passed over
 *
 * @public
 */
export function openFindings(
  events: readonly DeliveryEvent[],
  at: Date,
  environment: string = DEFAULT_ENVIRONMENT,
): OpenFindings {
  const ordered = orderEvents(events.filter(event => event.at <= at));
  const all = eventsOfKind(ordered, 'scan-finished').filter(
    event => (event.environment ?? environment) === environment,
  );
  const scans = all.filter(hasScanned);
  const present = presentScans(ordered, scans, environment);
  const read = openFindingsReader(scans, ordered);
  const firstSeen = new Map<string, ScanEvent>();
  for (const scan of scans) {
    for (const key of read(scan).open.keys()) {
      if (!firstSeen.has(key)) {
        firstSeen.set(key, scan);
      }
    }
  }
  const findings = new Map<string, OpenFinding>();
  for (const scan of present) {
    for (const [key, { finding }] of read(scan).open) {
      const first = firstSeen.get(key)!;
      findings.set(key, {
        finding,
        tool: scan.scan.tool,
        category: scan.scan.category,
        firstSeenAt: first.at,
        ageSeconds: (at.getTime() - first.at.getTime()) / 1000,
        evidence: [...new Set([first.id, scan.id])],
      });
    }
  }
  const sorted = [...findings.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.finding.severity) -
        SEVERITIES.indexOf(b.finding.severity) || b.ageSeconds - a.ageSeconds,
  );
  const unknown = all.length === 0 ? 'not-instrumented' : 'no-data';
  return {
    status: present.length === 0 ? unknown : 'ok',
    bySeverity: Object.fromEntries(
      SEVERITIES.map(severity => [
        severity,
        sorted.filter(({ finding }) => finding.severity === severity).length,
      ]),
    ) as Record<FindingSeverity, number>,
    findings: sorted,
    evidence: present.map(({ id }) => id),
  };
}
