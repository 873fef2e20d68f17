import type { GateRuleResult } from '@goldenpath/engine';
import { DRIFT_ANCHOR, HEALTH_ANCHOR } from '../entity/anchors';
import { EvidenceDisclosure } from '../health/EvidenceDisclosure';
import { RELEASES_ANCHOR } from '../health/healthAnchors';
import { useScorecardHref } from '../hooks/useScorecardHref';
import { EntityName } from '../template/EntityName';
import { Code, SafeLink, Text } from '../ui';
import { useTabHref } from './useTabHref';

const SHOWN = 10;

/** Names side by side; of many the first. */
function Names(props: { ids: string[]; hrefOf?: (id: string) => string }) {
  const { ids, hrefOf } = props;
  const rest = ids.length - SHOWN;
  return (
    <>
      {ids.slice(0, SHOWN).map((id, index) => (
        <span key={id}>
          {index > 0 ? ', ' : null}
          {hrefOf ? (
            <SafeLink to={hrefOf(id)}>{id}</SafeLink>
          ) : (
            <Code>{id}</Code>
          )}
        </span>
      ))}
      {rest > 0 ? ` and ${rest} more` : null}
    </>
  );
}

/** What a rule rests on: events that open, checks and files that are led to, incidents and deployments by their id. */
export function RuleEvidence(props: {
  entityRef: string;
  rule: GateRuleResult;
}) {
  const { entityRef, rule } = props;
  const { evidence: ids, numbers, subject } = rule;
  const scorecardHref = useScorecardHref();
  const tabHref = useTabHref();
  const checkHref = (path: unknown) =>
    typeof path === 'string'
      ? (id: string) => scorecardHref(entityRef, { check: { path, id } })
      : undefined;

  switch (rule.rule) {
    case 'errorBudget':
    case 'fastBurn':
      return (
        <EvidenceDisclosure
          entityRef={entityRef}
          ids={ids}
          what="this rule"
          open
        />
      );
    case 'dependencies':
      return subject ? (
        <Text>
          See <EntityName of={subject} /> and{' '}
          <SafeLink to={tabHref(subject, HEALTH_ANCHOR)}>
            its delivery health
          </SafeLink>
          .
        </Text>
      ) : null;
    default:
  }
  if (ids.length === 0) {
    return null;
  }
  switch (rule.rule) {
    case 'checks':
      return (
        <Text>
          Evidence: check <Names ids={ids} hrefOf={checkHref(numbers.path)} />
        </Text>
      );
    case 'level':
      return (
        <Text>
          Evidence: checks <Names ids={ids} hrefOf={checkHref(subject)} />
        </Text>
      );
    case 'drift':
      return (
        <Text>
          Evidence: <Names ids={ids} />;{' '}
          <SafeLink to={tabHref(entityRef, DRIFT_ANCHOR)}>
            see what differs
          </SafeLink>
        </Text>
      );
    default:
      return (
        <Text>
          Evidence: {rule.rule === 'incidents' ? 'incident' : 'deployment'}{' '}
          <Names ids={ids} />;{' '}
          <SafeLink to={tabHref(entityRef, RELEASES_ANCHOR)}>
            see the time line
          </SafeLink>
        </Text>
      );
  }
}
