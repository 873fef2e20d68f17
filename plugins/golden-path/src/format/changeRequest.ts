import type {
  ChangedFile,
  ChangeRequest,
  ChangeRequestAction,
  ChangeRequestDetails,
  ChangeRequestStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from './count';
import type { Wording } from './tone';

/** Every state, in the order in which they are offered. */
export const REQUEST_STATES: ChangeRequestStatus[] = [
  'open',
  'merged',
  'closed',
];

const STATES: Record<ChangeRequestStatus, Wording> = {
  open: {
    label: 'Open',
    tone: 'busy',
    meaning: 'Its changes wait to be looked at and merged.',
  },
  merged: {
    label: 'Merged',
    tone: 'good',
    meaning: 'Its changes are on the target branch.',
  },
  closed: {
    label: 'Closed',
    tone: 'neutral',
    meaning: 'Closed without being merged.',
  },
};

export function requestStateWording(state: ChangeRequestStatus): Wording {
  return STATES[state];
}

/** What is added to the state of a draft. */
export const DRAFT_WORDING: Wording = {
  label: 'Draft',
  tone: 'warn',
  meaning:
    'Not ready to be merged: look at it closely, then mark it ready or close it.',
};

const FILE_STATUSES: Record<ChangedFile['status'], string> = {
  added: 'added',
  changed: 'changed',
  deleted: 'deleted',
  moved: 'moved',
  mode: 'mode changed',
};

export function fileStatusText(status: ChangedFile['status']): string {
  return FILE_STATUSES[status];
}

/** What a button does to a request, before and after. */
export interface ActionWording {
  label: string;
  /** What will happen, for whoever is about to confirm it. */
  effect: string;
  /** What has happened. */
  done: string;
}

export function requestActionWording(
  action: ChangeRequestAction,
  details: Pick<ChangeRequestDetails, 'request' | 'commits'>,
): ActionWording {
  const { request, commits } = details;
  const { sourceBranch, targetBranch } = request;
  switch (action) {
    case 'merge':
      return {
        label: 'Merge',
        effect: `Brings ${countText(
          commits.length,
          'commit',
        )} of ${sourceBranch} into ${targetBranch} with a merge commit in your name, then deletes ${sourceBranch} unless somebody pushes to it meanwhile.`,
        done: `Merged into ${targetBranch}.`,
      };
    case 'close':
      return {
        label: 'Close',
        effect: `Nothing is merged and ${sourceBranch} stays. The change request can be reopened for as long as the branch is there.`,
        done: 'Closed without merging.',
      };
    case 'reopen':
      return {
        label: 'Reopen',
        effect: `Asks again for ${sourceBranch} to be merged into ${targetBranch}, with whatever is on it now.`,
        done: 'Open again.',
      };
    case 'ready':
      return {
        label: 'Mark ready',
        effect:
          'Says that the changes were looked at and may be merged. Nothing is merged yet.',
        done: 'Marked ready to be merged.',
      };
    default:
      return {
        label: 'Make a draft',
        effect: 'Says that it is not to be merged yet.',
        done: 'Made a draft.',
      };
  }
}

/** Which buttons a request has, the most likely first. */
export function requestActions(request: ChangeRequest): ChangeRequestAction[] {
  switch (request.state) {
    case 'open':
      return request.draft
        ? ['ready', 'merge', 'close']
        : ['merge', 'draft', 'close'];
    case 'closed':
      return ['reopen'];
    default:
      return [];
  }
}

/** Why an open request cannot be merged now; `undefined` when it can. */
export function mergeObstacle(
  details: ChangeRequestDetails,
): string | undefined {
  const { request, commits, mergeable } = details;
  if (request.draft) {
    return 'It is a draft: mark it ready first.';
  }
  if (commits.length === 0) {
    return `${request.targetBranch} has every commit of ${request.sourceBranch} already.`;
  }
  if (mergeable === 'conflicts') {
    return 'It has conflicts: solve them first.';
  }
  return mergeable === 'unknown'
    ? 'Git cannot tell whether it can be merged: the branches may have no history in common.'
    : undefined;
}
