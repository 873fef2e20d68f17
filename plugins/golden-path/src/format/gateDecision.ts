import type {
  GateDecision,
  GateOutcome,
  GateRequest,
  GateRuleName,
  GateVerdict,
} from '@goldenpath/engine';
import { entityName } from './entityName';
import { fullTime } from './time';
import type { Wording } from './tone';

/** The verdicts, those that ask for something first. */
export const GATE_VERDICTS: GateVerdict[] = [
  'block',
  'unknown',
  'warn',
  'allow',
];

const RULES: Record<GateRuleName, string> = {
  errorBudget: 'Error budget',
  fastBurn: 'Fast burn',
  incidents: 'Open incidents',
  checks: 'Checks',
  level: 'Level',
  drift: 'Drift from the template',
  freeze: 'Freeze',
  dependencies: 'Dependencies',
  slow: 'Time between releases',
};

/** A rule by its name, and what tells it apart from others of that name. */
export function ruleTitle(rule: {
  rule: GateRuleName;
  subject?: string;
}): string {
  const { rule: name, subject } = rule;
  return subject ? `${RULES[name]}: ${subject}` : RULES[name];
}

const KINDS: Record<GateRequest['kind'], string> = {
  deploy: 'Deployment',
  rollback: 'Rollback',
  'incident-fix': 'Fix of an incident',
  'security-fix': 'Security fix',
};

/** What the gate was asked about. */
export function kindText(kind: GateRequest['kind']): string {
  return KINDS[kind];
}

const REQUIREMENTS: Record<GateDecision['requirements'][number], string> = {
  'progressive-delivery':
    'Release it step by step: as a canary, blue-green or behind a flag.',
  'second-review': 'Have a second person review it.',
};

/** What the release has to be. */
export function requirementText(
  requirement: GateDecision['requirements'][number],
): string {
  return REQUIREMENTS[requirement];
}

/** Whether an override of the decision still holds; `undefined` without one. */
export function overrideHolds(
  { override }: Pick<GateDecision, 'override'>,
  now: Date,
): boolean | undefined {
  return override && Date.parse(override.expiresAt) > now.getTime();
}

/** Whether the deployment may go ahead at this moment: what was loaded may hold an override that has ended since. */
export function mayProceed(decision: GateDecision, now: Date): boolean {
  if (decision.exemption !== undefined) {
    return true;
  }
  // Only what was stopped is overridden
  return overrideHolds(decision, now) ?? decision.proceed;
}

const EXEMPT = {
  rollback: 'a rollback always passes',
  'incident-fix': 'the fix of an incident always passes',
  'security-fix': 'a security fix always passes',
};

/** Whether the deployment may go ahead now, and why. */
export function standing(decision: GateDecision, now: Date): Wording {
  const { exemption, override, verdict } = decision;
  if (exemption) {
    return {
      label: 'May go ahead',
      tone: 'neutral',
      meaning: `The rules were not applied: ${EXEMPT[exemption]}.`,
    };
  }
  if (override && overrideHolds(decision, now)) {
    return {
      label: 'Overridden',
      tone: 'warn',
      meaning: `${entityName(override.by)} let it go ahead until ${fullTime(
        override.expiresAt,
      )}.`,
    };
  }
  const ended = override ? ' An override of it has ended.' : '';
  if (!mayProceed(decision, now)) {
    return {
      label: 'Stopped',
      tone: 'bad',
      meaning: `${
        verdict === 'unknown'
          ? 'The policy stops what cannot be told.'
          : 'A rule stops it.'
      }${ended}`,
    };
  }
  return {
    label: 'May go ahead',
    tone: 'neutral',
    meaning:
      verdict === 'unknown'
        ? 'The policy lets pass what cannot be told.'
        : 'No rule stops it.',
  };
}

const RESULTS: Record<GateOutcome['result'], Wording> = {
  failed: {
    label: 'Deployed, and failed',
    tone: 'bad',
    meaning: 'A failure is linked to the deployment.',
  },
  succeeded: {
    label: 'Deployed, no failure seen',
    tone: 'good',
    meaning: 'The time in which a failure is put down to it is over.',
  },
  'not-deployed': {
    label: 'Not deployed',
    tone: 'neutral',
    meaning: 'No deployment of it was seen.',
  },
  pending: {
    label: 'Too early to tell',
    tone: 'busy',
    meaning: 'A failure may still come, or the deployment itself.',
  },
};

/** What became of the deployment. */
export function resultWording(result: GateOutcome['result']): Wording {
  return RESULTS[result];
}

const LINKS: Record<NonNullable<GateOutcome['linkedBy']>, string> = {
  deploymentId: 'tied to this decision by its id',
  sha: 'tied to this decision by the commit',
  artifact: 'tied to this decision by the artifact',
  time: 'tied to this decision by the time alone: it was the next one, and nothing else tells',
};

/** What ties a deployment to the question that came before it. */
export function linkText(by: NonNullable<GateOutcome['linkedBy']>): string {
  return LINKS[by];
}

/** A commit as people read it. */
export function shortSha(sha: string): string {
  return /^[0-9a-f]{13,}$/i.test(sha) ? sha.slice(0, 12) : sha;
}

/** The summary without what other columns say: `Blocked: component:default/pay, production; …`. */
export function reasonText(decision: GateDecision): string {
  const { entityRef, environment } = decision.request;
  const { summary } = decision;
  const place = `${entityRef}, ${environment}`;
  const at = summary.indexOf(`${place}; `);
  if (summary.endsWith(place)) {
    return 'No rule speaks against it';
  }
  const rest =
    at < 0
      ? summary.replace(/^(allow|warn|block|unknown): /, '')
      : summary.slice(at + place.length + 2);
  return rest.charAt(0).toLocaleUpperCase('en-GB') + rest.slice(1);
}
