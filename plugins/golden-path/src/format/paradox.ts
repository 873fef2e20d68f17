import type { Paradox } from '@goldenpath/engine';

const STAGES: Record<Paradox['stages'][number]['stage'], string> = {
  test: 'Testing',
  security: 'Security scanning',
  deploy: 'Deploying',
  recover: 'Recovering',
};

export function stageTitle(stage: Paradox['stages'][number]['stage']): string {
  return STAGES[stage];
}

/** `+0.34`, `−0.1`. */
export function indexText(index: number): string {
  const number = Math.abs(index).toLocaleString('en-GB', {
    maximumFractionDigits: 2,
  });
  if (number === '0') {
    return '0';
  }
  return `${index < 0 ? '−' : '+'}${number}`;
}

/** A logarithm of a ratio as the change in percent: `−8%`. */
export function changeText(change: number | null): string {
  if (change === null) {
    return 'not known';
  }
  const percent = Math.round((Math.exp(change) - 1) * 100);
  if (percent === 0) {
    return '0%';
  }
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`;
}
