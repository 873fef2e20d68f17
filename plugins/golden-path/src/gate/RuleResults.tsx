import type { GateDecision, GateRuleResult } from '@goldenpath/engine';
import { countText } from '../format/count';
import { gateWording } from '../format/gate';
import { ruleTitle } from '../format/gateDecision';
import { numberText, numberTitle } from '../format/gateNumber';
import {
  DataTable,
  Disclosure,
  List,
  Row,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { RuleEvidence } from './RuleEvidence';

/** Every rule with what it said, why, and the way out; those that speak against the deployment first. */
export function RuleResults(props: { decision: GateDecision }) {
  const { rules, request } = props.decision;
  if (rules.length === 0) {
    return (
      <Text>
        The policy asks nothing of {request.environment}, so that no rule stands
        behind this verdict.
      </Text>
    );
  }
  return (
    <List label="Rules">
      {rules.map((rule, index) => (
        <RuleResult
          key={`${rule.rule} ${rule.subject ?? ''} ${index}`}
          rule={rule}
          entityRef={request.entityRef}
        />
      ))}
    </List>
  );
}

function RuleResult(props: { rule: GateRuleResult; entityRef: string }) {
  const { rule, entityRef } = props;
  const { reason, wayOut, verdict } = rule;
  return (
    <Stack gap={0.25}>
      <Row gap={0.75}>
        <StatusChip {...gateWording(verdict)} />
        <Text inline variant="strong">
          {ruleTitle(rule)}
        </Text>
      </Row>
      <Text>{reason}.</Text>
      {wayOut ? <Text>Way out: {wayOut}.</Text> : null}
      <RuleNumbers rule={rule} />
      <RuleEvidence rule={rule} entityRef={entityRef} />
    </Stack>
  );
}

function RuleNumbers(props: { rule: GateRuleResult }) {
  const { rule } = props;
  const numbers = Object.entries(rule.numbers);
  const title = ruleTitle(rule);
  return numbers.length === 0 ? null : (
    <Disclosure
      label={`Numbers of ${title}`}
      summary={<Text inline>{countText(numbers.length, 'number')}</Text>}
    >
      <DataTable
        caption={`Numbers of ${title}`}
        rows={numbers}
        idOf={([name]) => `number-${title}-${name}`.replaceAll(' ', '-')}
        columns={[
          { title: 'Number', render: ([name]) => numberTitle(name) },
          {
            title: 'Value',
            render: ([name, value]) => numberText(name, value),
          },
        ]}
      />
    </Disclosure>
  );
}
