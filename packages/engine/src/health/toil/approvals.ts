import type { ApprovalEvent, DeliveryEvent } from '../deliveryEvent';
import { DEFAULT_ENVIRONMENT } from '../environment';
import type { MetricContext } from '../metrics/metricContext';
import { onceFor } from '../onceFor';

/** An approval that was asked for, or decided on; times in milliseconds since the epoch. */
export interface Approval {
  id: string;
  /** `undefined`: only the decision is known. */
  requestedAt?: number;
  /** `undefined`: still open. */
  decidedAt?: number;
  decision?: ApprovalEvent['decision'];
  /** `undefined`: not known whether who decided is outside the owning group. */
  byOthers?: boolean;
  /** Ids of the events it was read from. */
  events: string[];
}

interface Draft extends Approval {
  environment?: string;
}

/**
 * The approvals of the environment, by the order of their first event. Asked for again while open, it goes on
 * waiting since the first time; asked for again after a decision, it is another wait.
 *
 * @param events - in the order of `orderEvents`
 */
function readApprovals(
  events: readonly DeliveryEvent[],
  environment: string,
): Approval[] {
  const open = new Map<string, Draft>();
  const drafts: Draft[] = [];
  for (const event of events) {
    if (
      event.kind !== 'approval-requested' &&
      event.kind !== 'approval-decided'
    ) {
      continue;
    }
    const key = JSON.stringify([event.source, event.subjectId]);
    let draft = open.get(key);
    if (!draft) {
      draft = { id: event.subjectId, events: [] };
      drafts.push(draft);
      open.set(key, draft);
    }
    draft.events.push(event.id);
    draft.environment ??= event.environment;
    if (event.kind === 'approval-requested') {
      draft.requestedAt ??= event.at.getTime();
    } else {
      draft.requestedAt ??= event.startedAt?.getTime();
      draft.decidedAt = event.at.getTime();
      draft.decision = event.decision;
      draft.byOthers = event.byOthers;
      open.delete(key);
    }
  }
  return drafts
    .filter(draft => (draft.environment ?? DEFAULT_ENVIRONMENT) === environment)
    .map(({ environment: _, ...approval }) => approval);
}

/** The approvals behind a report. */
export const approvalsIn = onceFor(
  ({ events, environment }: Pick<MetricContext, 'events' | 'environment'>) =>
    readApprovals(events, environment),
);

/** Whether somebody approved or rejected; a request can also be withdrawn or lapse. */
export function isDecided({ decision }: Approval): boolean {
  return decision === 'approved' || decision === 'rejected';
}
