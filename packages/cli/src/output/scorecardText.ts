import type { CheckResult, Scorecard, Verdict } from '@goldenpath/engine';
import { placesOf, scoreText } from './amounts';

const MARKS: Record<Verdict, string> = {
  pass: '\u2713',
  fail: '\u2717',
  unknown: '?',
  stale: '?',
  error: '!',
  waived: '~',
  'not-applicable': '-',
};

const MAX_PLACES = 5;

function checkLines(check: CheckResult): string[] {
  const stage = check.stage === 'enforce' ? '' : ` (${check.stage})`;
  const head = `  ${MARKS[check.verdict]} ${check.id} ${check.title}${stage}`;
  if (['pass', 'not-applicable'].includes(check.verdict)) {
    return [head];
  }
  return [
    `${head}: ${check.verdict}`,
    `      ${check.message}`,
    ...placesOf(check, MAX_PLACES).map(
      ({ place, text }) => `      ${place} ${text}`,
    ),
    ...(check.remediation?.text
      ? [`      Fix: ${check.remediation.text}`]
      : []),
  ];
}

/** A scorecard for a terminal: level and score first, then each level's checks, the failing ones with their way out. */
export function scorecardText(card: Scorecard): string {
  const lines = [
    `${card.entityRef} on ${card.path.title ?? card.path.name} ${
      card.path.version
    }`,
    `Level: ${card.level ?? 'none'}${
      card.nextLevel ? `, next: ${card.nextLevel}` : ''
    }`,
    `Score: ${scoreText(card.score)}`,
  ];
  for (const level of card.levels) {
    const checks = card.checks.filter(check => check.level === level);
    if (checks.length > 0) {
      lines.push('', level, ...checks.flatMap(checkLines));
    }
  }
  return lines.join('\n');
}
