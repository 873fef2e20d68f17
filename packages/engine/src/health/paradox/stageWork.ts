import type { Paradox } from '../../model';
import type { ChangeIndex } from '../ai/changes';
import type { ScanEvent } from '../deliveryEvent';
import { eventsOfKind } from '../eventsOfKind';
import { scanKey } from '../findings/findingIdentity';
import { findingsReaderIn } from '../findings/newFindings';
import { hasScanned } from '../findings/releaseScans';
import {
  countedLinks,
  hasReached,
  hasSucceeded,
  type MetricContext,
  type SourceState,
} from '../metrics/metricContext';

export type Stage = Paradox['stages'][number]['stage'];

/** Something at a time in milliseconds since the epoch, with the events that tell of it. */
interface Item {
  at: number;
  events: readonly string[];
}

/** How long one piece of work took, put down to the time at which it was finished or, while it is open, begun. */
export interface Span {
  at: number;
  seconds: number;
  /** Whether it came to its end; what is still open lasts longer. */
  ended: boolean;
}

/** What went through a stage, whenever. */
export interface StageWork {
  stage: Stage;
  source: SourceState;
  finished: Item[];
  spans: Span[];
  /** Work that the stage brought to light and work of it that was settled: when. */
  found: number[];
  settled: number[];
  /** Where the number rests on other events than those of what was finished. */
  evidence?: readonly Item[];
  /** Whether the stage cannot be judged without the time its work takes. */
  needsSpans: boolean;
}

function spanOf(
  from: number | undefined,
  to: number,
  ended = true,
  at = to,
): Span[] {
  return from === undefined || from > to
    ? []
    : [{ at, seconds: (to - from) / 1000, ended }];
}

/** The changes that came into the code. */
export function changeVolume(changes: ChangeIndex): Item[] {
  return changes.all.flatMap(({ at, events }) =>
    at === undefined ? [] : [{ at, events }],
  );
}

/**
 * Commits with a passed test run, and passed runs that name no commit; a run again adds nothing. As for the test time,
 * runs in any environment, and single test cases only where no suite was ever reported.
 */
function testWork({ events }: MetricContext): StageWork {
  const all = eventsOfKind(events, 'test-run-finished');
  const suites = all.filter(({ type }) => !type.includes('.testcaserun.'));
  const runs = suites.length > 0 ? suites : all;
  const passed = runs.filter(({ outcome }) => outcome === 'success');
  const seen = new Set<string>();
  const finished = passed.filter(({ sha }) => {
    const again = sha !== undefined && seen.has(sha);
    if (sha !== undefined) {
      seen.add(sha);
    }
    return !again;
  });
  return {
    stage: 'test',
    source: runs.length > 0 ? 'connected' : 'absent',
    finished: finished.map(({ at, id }) => ({
      at: at.getTime(),
      events: [id],
    })),
    spans: passed.flatMap(({ startedAt, at }) =>
      spanOf(startedAt?.getTime(), at.getTime()),
    ),
    found: [],
    settled: [],
    needsSpans: false,
  };
}

/** Successful scans, and what each found and no longer found against the scan before by the same tool. */
function securityWork(
  { events, environment }: MetricContext,
  since: number,
): StageWork {
  const all = eventsOfKind(events, 'scan-finished').filter(
    event => (event.environment ?? environment) === environment,
  );
  const scans = all.filter(hasScanned);
  const read = findingsReaderIn({ events });
  const previous = new Map<string, ScanEvent>();
  const found: number[] = [];
  const settled: number[] = [];
  for (const scan of scans) {
    const at = scan.at.getTime();
    const tool = scanKey(scan);
    const earlier = previous.get(tool);
    if (earlier && at >= since) {
      const { open } = read(scan);
      const before = read(earlier).open;
      open.forEach((_, key) => before.has(key) || found.push(at));
      before.forEach((_, key) => open.has(key) || settled.push(at));
    }
    previous.set(tool, scan);
  }
  return {
    stage: 'security',
    source: all.length > 0 ? 'connected' : 'absent',
    finished: scans.map(({ at, id }) => ({ at: at.getTime(), events: [id] })),
    spans: scans.flatMap(({ startedAt, at }) =>
      spanOf(startedAt?.getTime(), at.getTime()),
    ),
    found,
    settled,
    needsSpans: false,
  };
}

/** Changes deployed for the first time; a deployment that lists none stands for one. */
function deployWork(context: MetricContext, changes: ChangeIndex): StageWork {
  const seen = new Set<string>();
  const finished: Item[] = [];
  const spans: Span[] = [];
  for (const deployment of context.deployments.filter(hasSucceeded)) {
    const { finishedAt: at, sha, events } = deployment;
    const shipped =
      deployment.changes?.map(change => change.sha) ??
      (sha === undefined ? [undefined] : [sha]);
    for (const commit of shipped) {
      if (commit === undefined) {
        finished.push({ at, events });
      } else if (!seen.has(commit)) {
        seen.add(commit);
        finished.push({ at, events });
        spans.push(...spanOf(changes.find(commit)?.mergedAt, at));
      }
    }
  }
  return {
    stage: 'deploy',
    source: context.sources.deployments,
    finished,
    spans,
    found: [],
    settled: [],
    needsSpans: false,
  };
}

/** How long incidents, and failed deployments without one, lasted or have lasted. */
function recoverySpans(context: MetricContext): (Span & Item)[] {
  const { now, incidents, deployments } = context;
  const lasting = (
    start: number | undefined,
    end: number | undefined,
    events: readonly string[],
  ) =>
    spanOf(start, end ?? now, end !== undefined, start).map(span => ({
      ...span,
      events,
    }));
  return [
    ...incidents
      .filter(({ skewed }) => !skewed)
      .flatMap(({ startedAt, resolvedAt, events }) =>
        lasting(startedAt, resolvedAt, events),
      ),
    ...deployments
      .filter(deployment => hasReached(deployment, context))
      .flatMap(deployment => {
        const links = countedLinks(deployment, context);
        if (links.length === 0 || links.some(({ incident }) => incident)) {
          return [];
        }
        const ends = links
          .flatMap(({ repairedAt }) => repairedAt)
          .filter(end => end >= deployment.finishedAt);
        return lasting(
          deployment.finishedAt,
          ends.length === 0 ? undefined : Math.min(...ends),
          [...deployment.events, ...links.flatMap(({ evidence }) => evidence)],
        );
      }),
  ];
}

/**
 * Recovery keeps up with as many changes as there are, unless it takes longer: failures do not come one per change, and
 * fewer of them is no loss of capacity.
 */
function recoverWork(
  context: MetricContext,
  volume: readonly Item[],
): StageWork {
  const spans = recoverySpans(context);
  return {
    stage: 'recover',
    source: context.sources.failures,
    finished: [...volume],
    spans,
    evidence: spans,
    found: [],
    settled: [],
    needsSpans: true,
  };
}

/**
 * The work of the four stages after the code is written.
 *
 * @param since - what scans found before is not asked for; in milliseconds since the epoch
 */
export function readStages(
  context: MetricContext,
  changes: ChangeIndex,
  since: number,
): StageWork[] {
  return [
    testWork(context),
    securityWork(context, since),
    deployWork(context, changes),
    recoverWork(context, changeVolume(changes)),
  ];
}
