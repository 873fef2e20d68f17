import type {
  RecoveredProvenance,
  UpdateRequest,
  UpdateState,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from './count';
import { entityName } from './entityName';
import { conflictsText } from './plan';
import type { Wording } from './tone';

const STATES: Record<UpdateState, Wording> = {
  queued: {
    label: 'Queued',
    tone: 'busy',
    meaning: 'The branch will be made soon.',
  },
  working: {
    label: 'Working',
    tone: 'busy',
    meaning: 'The branch is being made.',
  },
  open: {
    label: 'Open',
    tone: 'busy',
    meaning: 'It waits to be merged.',
  },
  merged: { label: 'Merged', tone: 'good', meaning: 'The service has it.' },
  closed: {
    label: 'Closed',
    tone: 'neutral',
    meaning: 'It was closed without being merged.',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    meaning: 'It could not be opened; the reason stands beside it.',
  },
  'nothing-to-do': {
    label: 'Nothing to do',
    tone: 'neutral',
    meaning: 'The service had everything already.',
  },
};

/** The state of an update request in words. */
export function updateStateWording(
  update: Pick<UpdateRequest, 'state' | 'draft'>,
): Wording {
  const wording = STATES[update.state];
  return update.state === 'open' && update.draft
    ? {
        label: 'Open as a draft',
        tone: 'warn',
        meaning: 'A person has to look at it before it can be merged.',
      }
    : wording;
}

const CHECKS: Record<UpdateRequest['checks'], Wording> = {
  passing: {
    label: 'Checks pass',
    tone: 'good',
    meaning: 'Its pipeline is green.',
  },
  failing: {
    label: 'Checks fail',
    tone: 'bad',
    meaning: 'Its pipeline failed.',
  },
  pending: {
    label: 'Checks run',
    tone: 'busy',
    meaning: 'Its pipeline has not ended.',
  },
  unknown: {
    label: 'Checks unknown',
    tone: 'unsure',
    meaning: 'Nobody told how its pipeline did.',
  },
};

/** How the pipeline of an update request does, in words. */
export function updateChecksWording(checks: UpdateRequest['checks']): Wording {
  return CHECKS[checks];
}

/** Whether it is not known yet what becomes of the request on the host. */
export function isUnderWay(update: Pick<UpdateRequest, 'state'>): boolean {
  return update.state === 'queued' || update.state === 'working';
}

/** Whether a request waits for somebody, or for its turn. */
export function isPending(update: Pick<UpdateRequest, 'state'>): boolean {
  return isUnderWay(update) || update.state === 'open';
}

/** `Update of node-service to 2.1.0`. */
export function updateTitle(
  update: Pick<UpdateRequest, 'template' | 'from' | 'to'>,
): string {
  const name = entityName(update.template);
  return update.from === null
    ? `Lock file of ${name} ${update.to}`
    : `Update of ${name} from ${update.from} to ${update.to}`;
}

/** Why a request is a draft; `undefined` where it is none. */
export function draftText(
  update: Pick<UpdateRequest, 'draft' | 'conflicts'>,
): string | undefined {
  if (!update.draft) {
    return undefined;
  }
  const { conflicts } = update;
  return conflicts > 0
    ? `Opened as a draft: ${conflictsText(conflicts)}.`
    : 'Opened as a draft: it puts files back that were edited here; look at them before you merge.';
}

/** What a service without a lock was probably made from, and how sure that is. */
export function recoveredWording(
  recovered: RecoveredProvenance,
): Wording & { title: string } {
  const { version, via, equalFiles, files } = recovered;
  const name = entityName(recovered.template);
  const equal = `${equalFiles} of ${countText(files, 'file')} ${
    equalFiles === 1 ? 'is' : 'are'
  } equal.`;
  return via === 'scaffolder-task'
    ? {
        title: `Made from ${name} ${version}: ${equal}`,
        label: 'Known from the task that made it',
        tone: 'good',
        meaning:
          'The task of the Create page still exists and says which template it took and which values it was given.',
      }
    : {
        title: `Probably made from ${name} ${version}: ${equal}`,
        label: 'Guessed from the files',
        tone: 'unsure',
        meaning:
          'No task of the Create page is left. Of all versions known this one is closest; look at the values in the lock before you merge it.',
      };
}
