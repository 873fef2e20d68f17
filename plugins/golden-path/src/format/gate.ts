import type { GateDecision, GateVerdict } from '@goldenpath/engine';
import type { Wording } from './tone';

const WORDING: Record<GateVerdict, Wording> = {
  // Not good news by itself: a gate with few rules allows much
  allow: {
    label: 'Allowed',
    tone: 'neutral',
    meaning: 'No rule of the gate speaks against the deployment.',
  },
  warn: {
    label: 'Allowed with a warning',
    tone: 'warn',
    meaning:
      'A rule of the gate speaks against the deployment, and lets it go.',
  },
  block: {
    label: 'Blocked',
    tone: 'bad',
    meaning: 'A rule of the gate stops the deployment.',
  },
  unknown: {
    label: 'Could not tell',
    tone: 'unsure',
    meaning: 'Something that a rule needs to know is missing or too old.',
  },
};

/** A verdict of the gate in words. */
export function gateWording(verdict: GateVerdict): Wording {
  return WORDING[verdict];
}

/** What speaks against a deployment, the strictest first, or that nothing does. */
export function gateReason(decision: GateDecision): string {
  const [first, ...others] = decision.rules.filter(
    ({ verdict }) => verdict !== 'allow',
  );
  if (!first) {
    return decision.rules.length === 0
      ? 'The policy asks nothing here'
      : 'No rule speaks against the deployment';
  }
  return others.length === 0
    ? first.reason
    : `${first.reason}; ${others.length} more to look at`;
}

/** Whether the deployment may go ahead, and why where the verdict alone does not say it. */
export function gateProceeding(
  decision: GateDecision,
  now: Date,
): string | undefined {
  const { exemption, override, verdict, proceed } = decision;
  if (exemption) {
    const kinds = {
      rollback: 'a rollback',
      'incident-fix': 'the fix of an incident',
      'security-fix': 'a security fix',
    };
    return `It may go ahead all the same, as ${kinds[exemption]}.`;
  }
  if (override) {
    return Date.parse(override.expiresAt) > now.getTime()
      ? `Overridden by ${override.by}: ${override.reason}`
      : `An override by ${override.by} has ended.`;
  }
  if (verdict === 'unknown') {
    return proceed
      ? 'The policy lets it go ahead.'
      : 'The policy stops what it cannot judge.';
  }
  return undefined;
}
