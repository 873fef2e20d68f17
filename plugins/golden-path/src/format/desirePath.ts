import type { DesirePath } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Wording } from './tone';

const FITS: Record<DesirePath['fit'], Wording> = {
  applicable: {
    label: 'Fits the template',
    tone: 'good',
    meaning: 'The edit can be made in the template’s own source as it is.',
  },
  'by-hand': {
    label: 'By hand',
    tone: 'warn',
    meaning:
      'The template makes these lines by expressions: a person must say what they should become.',
  },
  taken: {
    label: 'Taken',
    tone: 'neutral',
    meaning: 'The newest version of the template has it.',
  },
};

/** How an edit fits the template, in words. */
export function fitWording(fit: DesirePath['fit']): Wording {
  return FITS[fit];
}

const PROPOSALS: Record<NonNullable<DesirePath['proposal']>['state'], Wording> =
  {
    open: {
      label: 'Proposed',
      tone: 'busy',
      meaning: 'The proposal waits to be merged.',
    },
    merged: {
      label: 'Merged',
      tone: 'good',
      meaning: 'The template has taken the proposal.',
    },
    closed: {
      label: 'Closed',
      tone: 'neutral',
      meaning: 'The proposal was closed without merging it.',
    },
  };

/** The state of a proposal in words. */
export function proposalWording(
  state: NonNullable<DesirePath['proposal']>['state'],
): Wording {
  return PROPOSALS[state];
}
