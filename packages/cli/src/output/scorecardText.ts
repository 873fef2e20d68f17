import type { CheckResult, Scorecard, Verdict } from '@goldenpath/engine';

const MARKS: Record<Verdict, string> = {
  pass: '\u2713',
  fail: '\u2717',
  unknown: '?',
  stale: '?',
  error: '!',
  waived: '~',
  'not-applicable': '-',
};

const percent = (value: number | null) =>
  value === null ? 'no score' : String(Math.round(value * 10) / 10);

function place({ evidence }: CheckResult): string[] {
  return evidence
    .filter(item => item.file !== undefined)
    .slice(0, 5)
    .map(
      item =>
        `      ${item.file}${item.line ? `:${item.line}` : ''} ${
          item.text ?? ''
        }`,
    );
}

function checkLines(check: CheckResult): string[] {
  const stage = check.stage === 'enforce' ? '' : ` (${check.stage})`;
  const head = `  ${MARKS[check.verdict]} ${check.id} ${check.title}${stage}`;
  if (['pass', 'not-applicable'].includes(check.verdict)) {
    return [head];
  }
  return [
    `${head}: ${check.verdict}`,
    `      ${check.message}`,
    ...place(check),
    ...(check.remediation?.text
      ? [`      Fix: ${check.remediation.text}`]
      : []),
  ];
}

/** A scorecard for a terminal: level and score first, then each level's checks, the failing ones with their way out. */
export function scorecardText(card: Scorecard): string {
  const { low, high } = card.score;
  const score =
    low === high ? percent(low) : `${percent(low)} to ${percent(high)}`;
  const lines = [
    `${card.entityRef} on ${card.path.title ?? card.path.name} ${
      card.path.version
    }`,
    `Level: ${card.level ?? 'none'}${
      card.nextLevel ? `, next: ${card.nextLevel}` : ''
    }`,
    `Score: ${score}`,
  ];
  for (const level of card.levels) {
    const checks = card.checks.filter(check => check.level === level);
    if (checks.length > 0) {
      lines.push('', level, ...checks.flatMap(checkLines));
    }
  }
  return lines.join('\n');
}
