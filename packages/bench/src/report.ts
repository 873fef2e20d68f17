import { DatabaseKind } from './database';

/** One line of the report. */
export interface Finding {
  what: string;
  kind: DatabaseKind | 'git';
  /** By name, with its unit. */
  values: Record<string, number>;
}

function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en-GB', {
    maximumFractionDigits: Math.abs(value) >= 10 ? Math.min(digits, 1) : digits,
  });
}

/** The findings as markdown: medians, with ratios of the same run. */
export function formatFindings(
  findings: Finding[],
  options: { machine: string; repeat: number },
): string {
  const rows = findings.map(({ what, kind, values }) => {
    const numbers = Object.entries(values)
      .map(([name, value]) => `${name}: ${shown(value)}`)
      .join('; ');
    return `| ${what} | ${kind} | ${numbers} |`;
  });
  return [
    `Machine: ${options.machine}. Medians of ${options.repeat}.`,
    '',
    '| measured | on | found |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}
