import type { ChangeCause, ScoreChange } from '@goldenpath/engine';
import { signedPoints } from './points';
import { verdictWording } from './verdict';

type Part = ScoreChange['parts'][number];

/** More checks than this are counted, not named. */
const NAMED = 4;

const CAUSES: Record<ChangeCause, string> = {
  service: 'the service',
  standard: 'the standard',
  collector: 'a collector',
  waiver: 'an exception',
};

function checkText({ id, from, to }: Part['checks'][number]): string {
  if (from === null) {
    return `${id} added`;
  }
  if (to === null) {
    return `${id} removed`;
  }
  const word = (verdict: typeof from) =>
    verdictWording(verdict).label.toLocaleLowerCase('en-GB');
  return from === to
    ? `${id} still ${word(to)}`
    : `${id} ${word(from)} → ${word(to)}`;
}

/** One part of a change of score: `−7.5 from the standard: SEC-12 added`. */
export function changePartText(part: Part): string {
  const { cause, raw, adjusted, checks } = part;
  const named = checks.slice(0, NAMED).map(checkText).join(', ');
  const rest = checks.length - NAMED;
  const points =
    Math.abs(raw - adjusted) < 1e-9
      ? signedPoints(raw)
      : `${signedPoints(raw)} (${signedPoints(adjusted)} adjusted)`;
  return `${points} from ${CAUSES[cause]}${named ? `: ${named}` : ''}${
    rest > 0 ? ` and ${rest} more` : ''
  }`;
}
