import type { GateRuleResult } from '../../model';
import type { GateFacts } from '../gateFacts';
import { listed, plural, span } from '../words';
import type { Rule } from './ruleContext';

const rule = 'incidents' as const;

/** That nobody would know of one. */
function deaf(incidents: GateFacts['incidents']): GateRuleResult {
  return {
    rule,
    verdict: 'unknown',
    reason: `Whether an incident is open is not known: ${
      incidents === undefined
        ? 'nobody was asked'
        : incidents.note ?? `the source of incidents is ${incidents.status}`
    }`,
    wayOut:
      'Send incidents: connect PagerDuty, Alertmanager or another source, or send incident events',
    numbers: { status: incidents?.status ?? null },
    evidence: [],
  };
}

function burning(
  incidents: NonNullable<GateFacts['incidents']>,
  verdict: GateRuleResult['verdict'],
): GateRuleResult {
  const open = [...incidents.open].sort(
    (a, b) => b.seconds - a.seconds || (a.id < b.id ? -1 : 1),
  );
  const ids = open.map(({ id }) => id);
  return {
    rule,
    verdict,
    reason: `${plural(open.length, 'incident')} ${
      open.length === 1 ? 'is' : 'are'
    } open: ${listed(
      open.map(({ id, seconds }) => `${id} for ${span(seconds)}`),
    )}`,
    wayOut: `Resolve ${listed(
      ids,
    )}; a repair passes with --kind incident-fix --fixes ${ids[0]}`,
    numbers: { open: open.length, oldestSeconds: open[0].seconds },
    evidence: ids,
  };
}

/** Open incidents of the entity in the environment. */
export const incidentsRule: Rule = ({ policy, facts: { incidents } }) => {
  if (!policy.incidents) {
    return [];
  }
  const isDeaf =
    incidents === undefined ||
    incidents.status === 'not-instrumented' ||
    incidents.status === 'stale';
  const results = [
    ...(incidents && incidents.open.length > 0
      ? [burning(incidents, policy.incidents.verdict)]
      : []),
    ...(isDeaf ? [deaf(incidents)] : []),
  ];
  return results.length > 0
    ? results
    : [
        {
          rule,
          verdict: 'allow',
          reason: 'No incident is open',
          numbers: { open: 0 },
          evidence: [],
        },
      ];
};
