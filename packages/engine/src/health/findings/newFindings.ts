import type { Finding, FindingSeverity } from '../../model';
import type { DeliveryEvent, ScanEvent } from '../deliveryEvent';
import type { Deployment } from '../deployments';
import { eventsOfKind } from '../eventsOfKind';
import type { MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';
import { FindingIdentities, readAliases, scanKey } from './findingIdentity';
import { readReleases } from './releases';
import { hasScanned, ReleaseScans } from './releaseScans';
import { VexLedger } from './vexLedger';

/** What a release brought along. */
export interface ReleaseFindings {
  release: Deployment;
  /** Empty: not scanned. */
  scans: ScanEvent[];
  /** Whether an earlier release was scanned by one of the tools; otherwise the release is a baseline. */
  compared: boolean;
  /** Whether a tool is missing that scanned an earlier release. */
  partly: boolean;
  found: { severity: FindingSeverity; scan: ScanEvent }[];
  /** Ids of the events it rests on. */
  events: string[];
}

type ReportOfScans = Pick<
  MetricContext,
  'events' | 'deployments' | 'environment'
>;

interface Comparison {
  release: Deployment;
  scans: ScanEvent[];
  /** The latest scan of an earlier release, by tool and category. */
  previous: ReadonlyMap<string, ScanEvent>;
}

/** What the scans of each release are to be compared with; the findings themselves are not looked at yet. */
const comparisonsIn = onceFor((context: ReportOfScans): Comparison[] => {
  const { events, deployments, environment } = context;
  const scansOf = new ReleaseScans(events, deployments, environment);
  const latest = new Map<string, ScanEvent>();
  return readReleases(deployments).map(release => {
    const scans = scansOf.of(release);
    const previous = new Map(latest);
    for (const scan of scans) {
      latest.set(scanKey(scan), scan);
    }
    return { release, scans, previous };
  });
});

/** What of a scan is open, and which statements settled the rest. */
interface ReadScan {
  open: Map<string, { finding: Finding; isVulnerability: boolean }>;
  /** Ids of the events that settled findings. */
  statements: Set<string>;
}

/**
 * Gives a reader of the open findings of a scan, by what makes them the same over scans.
 *
 * @param scans - all that will be read: their aliases belong together
 * @param events - in the order of `orderEvents`
 */
export function openFindingsReader(
  scans: readonly ScanEvent[],
  events: readonly DeliveryEvent[],
): (scan: ScanEvent) => ReadScan {
  const aliases = readAliases(scans);
  const vex = new VexLedger(eventsOfKind(events, 'vex-stated'), aliases);
  const identities = new FindingIdentities(aliases);
  const known = new Map<ScanEvent, ReadScan>();
  return event => {
    const earlier = known.get(event);
    if (earlier) {
      return earlier;
    }
    const tool = scanKey(event);
    const read: ReadScan = { open: new Map(), statements: new Set() };
    for (const finding of event.scan.findings ?? []) {
      if (!finding.suppressed) {
        const statement = vex.settledBy(finding, event.artifactId);
        if (statement === undefined) {
          const { key, isVulnerability } = identities.of(finding, tool);
          read.open.set(key, { finding, isVulnerability });
        } else {
          read.statements.add(statement);
        }
      }
    }
    known.set(event, read);
    return read;
  };
}

/** The reader of all scans behind a report. */
export const findingsReaderIn = onceFor(
  ({ events }: Pick<MetricContext, 'events'>) =>
    openFindingsReader(
      eventsOfKind(events, 'scan-finished').filter(hasScanned),
      events,
    ),
);

/**
 * The new findings of each wanted release: those open in its scan and not in that of the release before which the
 * same tool scanned for the same category. The first scan of a tool is a baseline. A vulnerability counts once,
 * however many tools report it.
 */
export function readNewFindings(
  context: ReportOfScans,
  isWanted: (release: Deployment) => boolean,
): ReleaseFindings[] {
  const read = findingsReaderIn(context);
  const comparisons = comparisonsIn(context).filter(({ release }) =>
    isWanted(release),
  );
  return comparisons.map(({ release, scans, previous }) => {
    const found = new Map<string, ReleaseFindings['found'][number]>();
    const evidence = [...release.events];
    let compared = false;
    for (const scan of scans) {
      const before = previous.get(scanKey(scan));
      const { open, statements } = read(scan);
      evidence.push(scan.id, ...statements);
      if (before) {
        compared = true;
        evidence.push(before.id, ...read(before).statements);
        for (const [key, { finding, isVulnerability }] of open) {
          const wasOpen = isVulnerability
            ? [...previous.values()].some(earlier =>
                read(earlier).open.has(key),
              )
            : read(before).open.has(key);
          if (!wasOpen && !found.has(key)) {
            found.set(key, { severity: finding.severity, scan });
          }
        }
      }
    }
    const tools = new Set(scans.map(scanKey));
    return {
      release,
      scans,
      compared,
      partly:
        scans.length > 0 && [...previous.keys()].some(tool => !tools.has(tool)),
      found: [...found.values()],
      events: evidence,
    };
  });
}
