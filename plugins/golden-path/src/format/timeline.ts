import type {
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from './count';
import type { Tone, Wording } from './tone';

export type TimelineKind = TimelineItem['kind'];

/** The lanes, in the order in which they are drawn: what is linked stands next to each other. */
export const TIMELINE_KINDS: TimelineKind[] = [
  'deployment',
  'incident',
  'scan',
  'flag',
  'gate',
  'anomaly',
];

const LANES: Record<TimelineKind, { lane: string; one: string }> = {
  deployment: { lane: 'Releases', one: 'release' },
  incident: { lane: 'Incidents', one: 'incident' },
  scan: { lane: 'Findings', one: 'scan' },
  flag: { lane: 'Flags', one: 'flag change' },
  gate: { lane: 'Gate', one: 'gate decision' },
  anomaly: { lane: 'Anomalies', one: 'anomaly' },
};

const OUTCOMES: Record<
  NonNullable<TimelineItem['outcome']>,
  { label: string; tone: Tone }
> = {
  succeeded: { label: 'Succeeded', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'bad' },
  'rolled-back': { label: 'Rolled back', tone: 'warn' },
  suspected: { label: 'Failure suspected', tone: 'unsure' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
  open: { label: 'Open', tone: 'bad' },
  resolved: { label: 'Resolved', tone: 'neutral' },
  allow: { label: 'Allowed', tone: 'neutral' },
  warn: { label: 'Warned', tone: 'warn' },
  block: { label: 'Blocked', tone: 'bad' },
  unknown: { label: 'Not known', tone: 'unsure' },
};

export function laneTitle(kind: TimelineKind): string {
  return LANES[kind].lane;
}

/** `3 releases`, `1 gate decision`. */
export function laneCount(kind: TimelineKind, count: number): string {
  const { one } = LANES[kind];
  return countText(count, one, one === 'anomaly' ? 'anomalies' : `${one}s`);
}

/** How an item ended; `undefined` when it has no end of that sort. */
export function outcomeWording(item: TimelineItem): Wording | undefined {
  if (item.outcome === undefined) {
    return item.kind === 'scan' && item.newFindings
      ? { label: 'New findings', tone: 'warn', meaning: '' }
      : undefined;
  }
  const meanings: Partial<Record<string, string>> = {
    suspected: 'Linked to an incident by time alone, which does not count.',
    failed: 'An incident, a rollback or a repair is linked to it.',
  };
  return {
    ...OUTCOMES[item.outcome],
    meaning: meanings[item.outcome] ?? '',
  };
}

/** What an item shipped and found, as far as anybody said so. */
export function timelineFacts(item: TimelineItem): string[] {
  const { kind, changes, aiAssisted, newFindings } = item;
  const facts: string[] = [];
  if (changes !== undefined) {
    facts.push(countText(changes, 'change'));
  }
  if (aiAssisted !== undefined) {
    facts.push(
      `${aiAssisted} with disclosed AI assistance${
        aiAssisted === 0 ? '' : ', a lower bound'
      }`,
    );
  }
  if (newFindings !== undefined) {
    facts.push(countText(newFindings, 'new finding'));
  } else if (kind === 'deployment') {
    facts.push('not scanned');
  }
  return facts;
}

/** Where an instant stands in a window, 0 to 100. */
export function placeOf(
  at: string,
  { from, to }: TimelineResponse['window'],
): number {
  const start = Date.parse(from);
  const share = (Date.parse(at) - start) / (Date.parse(to) - start);
  return Math.min(100, Math.max(0, share * 100));
}

function names(item: TimelineItem): string[] {
  return item.deploymentId ? [item.id, item.deploymentId] : [item.id];
}

/** The items that an item is linked to, whichever of both says so. */
export function linkedItems(
  item: TimelineItem,
  items: TimelineItem[],
): TimelineItem[] {
  return items.filter(
    other =>
      other !== item &&
      (names(other).some(name => item.linked?.includes(name)) ||
        names(item).some(name => other.linked?.includes(name))),
  );
}
