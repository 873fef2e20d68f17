import type {
  Rollout,
  RolloutAction,
  RolloutItem,
  WaveRule,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { Wording } from './tone';
import { updateStateWording } from './updateRequest';

const STATUSES: Record<Rollout['status'], Wording> = {
  running: {
    label: 'Running',
    tone: 'busy',
    meaning: 'Requests are opened wave by wave.',
  },
  paused: {
    label: 'Paused',
    tone: 'warn',
    meaning: 'Nothing more is opened until somebody resumes it.',
  },
  done: {
    label: 'Done',
    tone: 'good',
    meaning: 'Every wave has run.',
  },
  cancelled: {
    label: 'Cancelled',
    tone: 'neutral',
    meaning: 'Somebody ended it; nothing more is opened.',
  },
};

/** The state of a roll-out in words. */
export function rolloutWording(status: Rollout['status']): Wording {
  return STATUSES[status];
}

const WAVES: Record<Rollout['waves'][number]['status'], Wording> = {
  waiting: {
    label: 'Waiting',
    tone: 'neutral',
    meaning: 'It starts when enough of the wave before it is merged.',
  },
  running: {
    label: 'Running',
    tone: 'busy',
    meaning: 'Its requests are being opened and merged.',
  },
  done: {
    label: 'Done',
    tone: 'good',
    meaning: 'Enough of its requests are merged.',
  },
};

/** The state of a wave in words. */
export function waveWording(
  status: Rollout['waves'][number]['status'],
): Wording {
  return WAVES[status];
}

/** How far a service of a roll-out is. */
export type RolloutItemState = RolloutItem['state'];

/** Those that ask for attention first. */
export const ITEM_ORDER: RolloutItemState[] = [
  'failed',
  'closed',
  'open',
  'working',
  'queued',
  'waiting',
  'merged',
  'nothing-to-do',
];

/** The state of a service in a roll-out in words. */
export function itemWording(state: RolloutItemState): Wording {
  return state === 'waiting'
    ? {
        label: 'Waiting',
        tone: 'neutral',
        meaning: 'Its wave has not started.',
      }
    : updateStateWording({ state, draft: false });
}

/** The rules by which services are put into waves, each explained. */
export const WAVE_RULES: {
  value: WaveRule;
  label: string;
  explanation: string;
}[] = [
  {
    value: 'share',
    label: 'A few first',
    explanation:
      'Three waves: 5 % of the services, then 25 % of them, then the rest. For a version that nobody has tried at size.',
  },
  {
    value: 'tier',
    label: 'Least critical first',
    explanation:
      'A wave for each tier that services declare, the most critical at the end, and those that declare none right before it.',
  },
  {
    value: 'owner',
    label: 'Owner by owner',
    explanation:
      'A wave for each owner, the one with the fewest services first, so that one team after the other looks at its requests.',
  },
  {
    value: 'all',
    label: 'All at once',
    explanation:
      'One wave. For a small change that cannot wait, such as a security fix.',
  },
];

const ACTIONS: Record<
  RolloutAction,
  { label: string; confirm: string; effect: string }
> = {
  pause: {
    label: 'Pause',
    confirm: 'Pause the roll-out',
    effect:
      'No further request is opened until somebody resumes it. Requests that are open stay open and can be merged.',
  },
  resume: {
    label: 'Resume',
    confirm: 'Resume the roll-out',
    effect:
      'It goes on from where it stands, in spite of why it was paused, tries again what failed, and pauses again for another reason.',
  },
  cancel: {
    label: 'Cancel',
    confirm: 'Cancel the roll-out',
    effect:
      'No further request is opened, and it cannot be resumed. Requests that are open stay open: merge or close them where they are.',
  },
};

/** What can be done with a roll-out, in words. */
export function rolloutActionWording(action: RolloutAction) {
  return ACTIONS[action];
}

/** What can be done with a roll-out as it stands. */
export function rolloutActions(status: Rollout['status']): RolloutAction[] {
  switch (status) {
    case 'running':
      return ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    default:
      return [];
  }
}

/** When a roll-out pauses by itself, in a sentence. */
export function pauseOnText(pauseOn: Rollout['pauseOn']): string {
  const conditions = [
    ...(pauseOn.failingPipelines ? ['a pipeline fails on the update'] : []),
    ...(pauseOn.fallingHealth
      ? ['the delivery health of an updated service falls']
      : []),
  ];
  return conditions.length === 0
    ? 'Does not pause by itself.'
    : `Pauses by itself when ${conditions.join(' or ')}.`;
}
