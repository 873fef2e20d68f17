import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  goldenPathWaiverApprovePermission,
  WaiverAction,
  WaiverStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { WaiverRow } from '../database/tables';

/** A status as it is stored: `expired` is read from the date. @internal */
export type StoredStatus = WaiverRow['status'];

/** Who wants to do something with a waiver. @internal */
export interface WaiverCaller {
  /** Entity reference of a user, subject of a service. */
  ref: string;
  mayApprove: boolean;
}

/** @internal */
export interface DecisionRules {
  allowSelfApproval: boolean;
  /** ISO date, UTC. */
  today: string;
}

type DecidedOn = Pick<
  WaiverRow,
  'status' | 'expires' | 'origin' | 'requested_by' | 'decided_by' | 'decided_at'
>;

/** From which status each action leads to which. @internal */
export const TRANSITIONS: Record<
  WaiverAction,
  { from: StoredStatus[]; to: StoredStatus }
> = {
  approve: { from: ['pending'], to: 'approved' },
  reject: { from: ['pending'], to: 'rejected' },
  revoke: { from: ['approved'], to: 'revoked' },
  withdraw: { from: ['pending', 'approved'], to: 'withdrawn' },
};

/** What a waiver is today: one that was waiting or held until its day ended is expired. @internal */
export function statusOf(
  waiver: Pick<WaiverRow, 'status' | 'expires'>,
  today: string,
): WaiverStatus {
  return isOpen(waiver, today) || !isOpenStatus(waiver.status)
    ? waiver.status
    : 'expired';
}

/** Whether a waiver waits for a decision or holds. @internal */
export function isOpen(
  waiver: Pick<WaiverRow, 'status' | 'expires'>,
  today: string,
): boolean {
  return isOpenStatus(waiver.status) && waiver.expires >= today;
}

/**
 * Why a caller may not do something with a waiver now, as the error to answer with; `undefined` when they may. What the
 * caller may not do at all comes before what nobody can do any more.
 * @internal
 */
export function refusal(
  waiver: DecidedOn,
  action: WaiverAction,
  caller: WaiverCaller,
  rules: DecisionRules,
): Error | undefined {
  const asked = waiver.requested_by === caller.ref;
  if (!caller.mayApprove && !(action === 'withdraw' && asked)) {
    return new NotAllowedError(
      action === 'withdraw'
        ? `Only who asked for a waiver, or who has the permission ${goldenPathWaiverApprovePermission.name}, may withdraw it`
        : `This needs the permission ${goldenPathWaiverApprovePermission.name}`,
    );
  }
  const status = statusOf(waiver, rules.today);
  if (!TRANSITIONS[action].from.some(from => from === status)) {
    return new ConflictError(
      `This waiver is ${describeStatus(
        waiver,
        status,
      )}, so '${action}' is not possible any more`,
    );
  }
  if (action === 'withdraw' && waiver.origin === 'file') {
    return new ConflictError(
      `This waiver is asked for in the service's golden-path.yaml; take it out there to withdraw it, or ${
        status === 'pending' ? 'reject' : 'revoke'
      } it here`,
    );
  }
  if (action === 'approve' && asked && !rules.allowSelfApproval) {
    return new NotAllowedError(
      'Who asked for a waiver may not approve it; somebody else has to',
    );
  }
  return undefined;
}

/** What a caller may do with a waiver now. @internal */
export function actionsFor(
  waiver: DecidedOn,
  caller: WaiverCaller,
  rules: DecisionRules,
): WaiverAction[] {
  return (Object.keys(TRANSITIONS) as WaiverAction[]).filter(
    action => refusal(waiver, action, caller, rules) === undefined,
  );
}

function isOpenStatus(status: StoredStatus): boolean {
  return status === 'pending' || status === 'approved';
}

function describeStatus(waiver: DecidedOn, status: WaiverStatus): string {
  if (status === 'expired') {
    return `expired since the end of ${waiver.expires}`;
  }
  if (waiver.decided_at === null) {
    return status;
  }
  const by = waiver.decided_by === null ? '' : ` by ${waiver.decided_by}`;
  return `${status} since ${waiver.decided_at}${by}`;
}
