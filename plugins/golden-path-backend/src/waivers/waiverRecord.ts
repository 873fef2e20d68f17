import { WaiverRecord } from '@goldenpath/backstage-plugin-golden-path-common';
import { AppliedWaiver } from '@goldenpath/engine';
import { WaiverRow } from '../database/tables';
import { actionsFor, DecisionRules, statusOf, WaiverCaller } from './decide';

/** A waiver in force for an entity: it counts on one golden path or, with `null`, on every one. @internal */
export interface WaiverInForce {
  goldenPath: string | null;
  /** Of a check; `id` is that of its record. */
  waiver: AppliedWaiver;
}

/** A waiver as a caller sees it. @internal */
export function toRecord(
  row: WaiverRow,
  caller: WaiverCaller,
  rules: DecisionRules,
): WaiverRecord {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    path: row.path,
    check: row.check_id,
    reason: row.reason,
    owner: row.owner,
    expires: row.expires,
    origin: row.origin,
    status: statusOf(row, rules.today),
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    actions: actionsFor(row, caller, rules),
  };
}

/** A waiver as it enters a score. @internal */
export function toWaiverInForce(
  row: Pick<
    WaiverRow,
    'id' | 'path' | 'check_id' | 'reason' | 'owner' | 'expires' | 'decided_by'
  >,
): WaiverInForce {
  return {
    goldenPath: row.path,
    waiver: {
      check: row.check_id,
      reason: row.reason,
      owner: row.owner,
      expires: row.expires,
      id: row.id,
      ...(row.decided_by !== null && { approvedBy: row.decided_by }),
    },
  };
}
