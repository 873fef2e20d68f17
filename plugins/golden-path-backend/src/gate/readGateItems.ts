import { TimelineItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { GateDecision, GateVerdict } from '@goldenpath/engine';
import { GateStore } from '../database/GateStore';
import { toGateDecision } from './gateRecord';

const MOST_ITEMS = 500;

/** Decisions about an entity as items of its time line; see `ReadDecisions`. @internal */
export async function readGateItems(
  store: GateStore,
  place: { entityRef: string; environment: string; from: Date; to: Date },
): Promise<TimelineItem[]> {
  const { entityRef, environment, from, to } = place;
  const rows = await store.list({
    filter: { entityRef, from, to },
    limit: MOST_ITEMS,
  });
  return rows
    .filter(row => row.environment === environment)
    .map(row => toItem(toGateDecision(row, new Date(row.at))));
}

const TITLES: Record<GateVerdict, string> = {
  allow: 'The gate allowed a deployment',
  warn: 'The gate warned of a deployment',
  block: 'The gate stopped a deployment',
  unknown: 'The gate could not tell about a deployment',
};

function titleOf({ verdict, exemption, override }: GateDecision): string {
  if (override) {
    return 'A person overrode the gate';
  }
  return exemption ? `A ${exemption} passed the gate` : TITLES[verdict];
}

function toItem(decision: GateDecision): TimelineItem {
  const { id, at, verdict, request, summary } = decision;
  return {
    id,
    kind: 'gate',
    at,
    title: `${titleOf(decision)}: ${summary}`,
    outcome: verdict,
    ...(request.deploymentId !== undefined && {
      deploymentId: request.deploymentId,
    }),
    ...(request.sha !== undefined && { sha: request.sha }),
    evidence: [],
  };
}
