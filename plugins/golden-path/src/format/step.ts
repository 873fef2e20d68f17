import type { NextStep, NextStepKind } from '@goldenpath/engine';
import type { Wording } from './tone';

const KINDS: Record<NextStepKind, Wording> = {
  fix: {
    label: 'Fix',
    tone: 'bad',
    meaning: 'The service falls short of the rule.',
  },
  connect: {
    label: 'Connect',
    tone: 'unsure',
    meaning: 'A fact is missing: let it be collected.',
  },
  refresh: {
    label: 'Refresh',
    tone: 'unsure',
    meaning: 'The facts have expired: let them be collected again.',
  },
  repair: {
    label: 'Repair the rule',
    tone: 'warn',
    meaning: 'The rule itself broke; the path’s owner has to repair it.',
  },
};

/** What kind of thing there is to do, in words. */
export function stepWording(kind: NextStep['kind']): Wording {
  return KINDS[kind];
}
