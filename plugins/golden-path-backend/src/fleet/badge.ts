import { Scorecard } from '@goldenpath/engine';
import { makeBadge } from 'badge-maker';

const COLOURS = ['#9a6700', '#57606a', '#8a6d00'];

/**
 * A badge that says the level and the score of an entity; `unknown` where no score is known. Without a scorecard it says
 * `not scored`.
 * @internal
 */
export function scorecardBadge(scorecard: Scorecard | undefined): string {
  const label = scorecard?.path.title ?? scorecard?.path.name ?? 'golden path';
  if (!scorecard) {
    return makeBadge({ label, message: 'not scored', color: '#6e7781' });
  }
  const { level, levels, score } = scorecard;
  const message = `${level ?? 'no level'}, ${scoreText(score)}`;
  const isTop = level !== null && level === levels.at(-1);
  const color = isTop
    ? '#1a7f37'
    : COLOURS[Math.max(levels.indexOf(level ?? ''), 0) % COLOURS.length];
  return makeBadge({ label, message, color });
}

function scoreText({ low, high }: Scorecard['score']): string {
  if (low === null || high === null) {
    return 'score unknown';
  }
  const [from, to] = [Math.floor(low), Math.floor(high)];
  return from === to ? `${from} of 100` : `${from} to ${to} of 100`;
}
