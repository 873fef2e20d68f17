import type {
  Forecast,
  ForecastItem,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { PlanConflictKind } from '@goldenpath/engine';
import type { Wording } from './tone';

/** How a service takes a version. */
export type ForecastOutcome = ForecastItem['outcome'];

const OUTCOMES: Record<ForecastOutcome, Wording> = {
  conflict: {
    label: 'Conflict',
    tone: 'bad',
    meaning: 'The template and the service changed the same lines or files.',
  },
  unknown: {
    label: 'Unknown',
    tone: 'unsure',
    meaning: 'It could not be tried; the reason stands beside it.',
  },
  clean: {
    label: 'Clean',
    tone: 'good',
    meaning: 'The update can be merged as it is.',
  },
  unchanged: {
    label: 'Unchanged',
    tone: 'neutral',
    meaning: 'The version changes no file of the service.',
  },
};

/** Those that ask for attention first. */
export const OUTCOME_ORDER: ForecastOutcome[] = [
  'conflict',
  'unknown',
  'clean',
  'unchanged',
];

/** An outcome in words. */
export function outcomeWording(outcome: ForecastOutcome): Wording {
  return OUTCOMES[outcome];
}

/** How many services have an outcome: `14 conflicts`, `212 clean`. */
export function outcomeCountText(
  outcome: ForecastOutcome,
  count: number,
): string {
  const number = count.toLocaleString('en-GB');
  if (outcome === 'conflict') {
    return `${number} ${count === 1 ? 'conflict' : 'conflicts'}`;
  }
  return `${number} ${outcome}`;
}

const STATUSES: Record<Forecast['status'], Wording> = {
  running: {
    label: 'Running',
    tone: 'busy',
    meaning: 'Services are being tried.',
  },
  done: {
    label: 'Done',
    tone: 'neutral',
    meaning: 'Every service was tried.',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    meaning: 'The version could not be tried.',
  },
};

/** The state of a dry run in words. */
export function forecastWording(status: Forecast['status']): Wording {
  return STATUSES[status];
}

/** `212 clean, 14 conflicts, 3 unknown`; outcomes that no service has are left out. */
export function forecastCountsText(counts: Forecast['counts']): string {
  const order: ForecastOutcome[] = [
    'clean',
    'conflict',
    'unchanged',
    'unknown',
  ];
  return order
    .filter(outcome => counts[outcome] > 0)
    .map(outcome => outcomeCountText(outcome, counts[outcome]))
    .join(', ');
}

const CONFLICTS: Record<PlanConflictKind, string> = {
  content: 'both changed the same lines',
  'add/add': 'both added it',
  binary: 'both changed it, and it is not text',
  mode: 'both changed its file mode',
  'file/folder': 'a file here is a folder there',
  rename: 'both moved it',
  'no-base': 'what was stamped cannot be reproduced',
};

/** Why a file conflicts, in few words, to stand after its path in a list. */
export function conflictKindText(kind: PlanConflictKind): string {
  return CONFLICTS[kind];
}
