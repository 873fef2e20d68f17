import type {
  WaiverAction,
  WaiverRecord,
  WaiverStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { Wording } from './tone';

const STATUS: Record<WaiverStatus, Wording> = {
  pending: {
    label: 'Waits for approval',
    tone: 'busy',
    meaning: 'Asked for; changes nothing yet.',
  },
  approved: {
    label: 'Approved',
    tone: 'neutral',
    meaning: 'Holds until its day has ended.',
  },
  rejected: {
    label: 'Rejected',
    tone: 'bad',
    meaning: 'Not granted; the check counts.',
  },
  revoked: {
    label: 'Revoked',
    tone: 'warn',
    meaning: 'Taken back by an approver; the check counts again.',
  },
  withdrawn: {
    label: 'Withdrawn',
    tone: 'neutral',
    meaning: 'No longer asked for.',
  },
  expired: {
    label: 'Expired',
    tone: 'unsure',
    meaning: 'Its day has ended; the check counts again.',
  },
};

/** The states of an exception, those that ask for something first. */
export const WAIVER_STATUSES = Object.keys(STATUS) as WaiverStatus[];

/** The state of an exception in words. */
export function waiverWording(status: WaiverStatus): Wording {
  return STATUS[status];
}

const ACTIONS: Record<WaiverAction, { label: string; effect: string }> = {
  approve: {
    label: 'Approve',
    effect:
      'From now until its last day the check is left out of the adjusted score and cannot keep a level away.',
  },
  reject: { label: 'Reject', effect: 'The check goes on counting.' },
  revoke: {
    label: 'Revoke',
    effect:
      'The check counts again at once. The entity may lose a level. A revoked exception cannot be brought back; it has to be asked for anew.',
  },
  withdraw: {
    label: 'Withdraw',
    effect: 'The exception is no longer asked for.',
  },
};

/** What can be done with an exception, in words. */
export function waiverActionWording(action: WaiverAction) {
  return ACTIONS[action];
}

/** Whether an exception is about a check of a path; one without a path is about the check on every path. */
export function concerns(
  waiver: WaiverRecord,
  path: string,
  check: string,
): boolean {
  return (
    waiver.check === check && (waiver.path === null || waiver.path === path)
  );
}
