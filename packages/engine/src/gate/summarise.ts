import type {
  GateDecision,
  GateRequest,
  GateRuleResult,
  GateVerdict,
} from '../model';

const EXEMPT = {
  rollback: 'a rollback always passes',
  'incident-fix': 'it fixes an incident',
  'security-fix': 'it fixes a vulnerability',
};

const REQUIREMENT = {
  'progressive-delivery': 'release it step by step',
  'second-review': 'have a second person review it',
};

const STANDS: Record<GateVerdict, string> = {
  allow: 'Allowed',
  warn: 'Allowed with a warning',
  block: 'Blocked',
  unknown: 'Could not tell',
};

function headline(
  verdict: GateVerdict,
  proceed: boolean,
  exemption: GateDecision['exemption'],
  { fixes }: GateRequest,
): string {
  if (exemption) {
    const named = fixes.length > 0 ? ` (${fixes.join(', ')})` : '';
    return `Passes, since ${EXEMPT[exemption]}${named}; the rules say ${verdict}`;
  }
  return verdict === 'unknown'
    ? `${STANDS.unknown}, and the policy ${
        proceed ? 'lets it pass' : 'stops it'
      }`
    : STANDS[verdict];
}

/** A decision in a line for a log. */
export function summarise(decided: {
  request: GateRequest;
  verdict: GateVerdict;
  proceed: boolean;
  exemption: GateDecision['exemption'];
  requirements: GateDecision['requirements'];
  /** Strictest first. */
  rules: readonly GateRuleResult[];
}): string {
  const { request, verdict, proceed, exemption, requirements, rules } = decided;
  const against = rules.filter(rule => rule.verdict !== 'allow');
  const what = `${request.entityRef}, ${request.environment}`;
  const reasons = [
    ...(rules.length === 0 ? ['the policy asks nothing here'] : []),
    ...against.slice(0, 1).map(({ reason }) => reason),
    ...(against.length > 1 ? [`${against.length - 1} more to look at`] : []),
    ...requirements.map(requirement => REQUIREMENT[requirement]),
    ...(request.kind !== 'deploy' && !exemption
      ? [`a ${request.kind} passes once it names what it fixes`]
      : []),
  ];
  return [
    `${headline(verdict, proceed, exemption, request)}: ${what}`,
    ...reasons,
  ].join('; ');
}
