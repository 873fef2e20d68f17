import type { FindingSeverity } from '@goldenpath/engine';
import type { SarifLevel, SarifResult, SarifRule } from './sarifLog';

const SEVERITY_OF_LEVEL: Record<SarifLevel, FindingSeverity> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
  none: 'none',
};

/** The class of a CVSS score, 0..10: 9.0 and above critical, 7.0 high, 4.0 medium, 0.1 low. */
export function severityOfScore(score: number): FindingSeverity {
  if (score >= 9) {
    return 'critical';
  }
  if (score >= 7) {
    return 'high';
  }
  if (score >= 4) {
    return 'medium';
  }
  return score >= 0.1 ? 'low' : 'none';
}

function scoreOf(properties: SarifResult['properties']): number | undefined {
  const value = properties?.['security-severity'];
  const score =
    typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 10
    ? score
    : undefined;
}

/** Severity by `security-severity` of the result, else of its rule, else by level. */
export function severityOf(
  result: SarifResult,
  rule: SarifRule | undefined,
  level: SarifLevel,
): FindingSeverity {
  const score = scoreOf(result.properties) ?? scoreOf(rule?.properties);
  return score === undefined
    ? SEVERITY_OF_LEVEL[level]
    : severityOfScore(score);
}
