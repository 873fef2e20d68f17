import type { GateDecision, GateRuleResult } from '@goldenpath/engine';
import { countText } from '../format/count';
import { gateWording } from '../format/gate';
import { ruleTitle } from '../format/gateDecision';
import { numberText, numberTitle } from '../format/gateNumber';
import {
  DataTable,
  Disclosure,
  List,
  Prose,
  Row,
  Stack,
  StatusChip,
  Text,
} from '../ui';
import { RuleEvidence } from './RuleEvidence';

/** Every rule with what it said, why, and the way out; those that do not speak against the deployment fold away. */
export function RuleResults(props: { decision: GateDecision }) {
  const { rules, request } = props.decision;
  const against = rules.filter(({ verdict }) => verdict !== 'allow');
  const others = rules.filter(({ verdict }) => verdict === 'allow');
  if (rules.length === 0) {
    return (
      <Text>
        The policy asks nothing of {request.environment}, so that no rule stands
        behind this verdict.
      </Text>
    );
  }
  return (
    <Stack gap={1.5}>
      {against.length > 0 ? (
        <RuleList label="Rules" rules={against} entityRef={request.entityRef} />
      ) : null}
      {others.length > 0 ? (
        <Disclosure
          open={against.length === 0}
          summary={
            <Text inline>
              {others.length === 1
                ? '1 rule does'
                : `${countText(others.length, 'rule')} do`}{' '}
              not speak against it
            </Text>
          }
        >
          <RuleList
            label="Rules that do not speak against it"
            rules={others}
            entityRef={request.entityRef}
          />
        </Disclosure>
      ) : null}
    </Stack>
  );
}

function RuleList(props: {
  label: string;
  rules: GateRuleResult[];
  entityRef: string;
}) {
  const { label, rules, entityRef } = props;
  return (
    <List label={label} gap={1.5}>
      {rules.map((rule, index) => (
        <RuleResult
          key={`${rule.rule} ${rule.subject ?? ''} ${index}`}
          rule={rule}
          entityRef={entityRef}
        />
      ))}
    </List>
  );
}

function RuleResult(props: { rule: GateRuleResult; entityRef: string }) {
  const { rule, entityRef } = props;
  const { reason, wayOut, verdict } = rule;
  const title = ruleTitle(rule);
  return (
    <Stack gap={0.5}>
      <Row gap={0.75}>
        <StatusChip {...gateWording(verdict)} />
        <Text inline variant="strong">
          {title}
        </Text>
      </Row>
      <Text>
        <Prose text={`${reason}.`} />
      </Text>
      {wayOut ? (
        <Text>
          <Prose text={`Way out: ${wayOut}.`} />
        </Text>
      ) : null}
      <Disclosure
        label={`Numbers and evidence of ${title}`}
        summary={
          <Text inline subtle>
            Numbers and evidence
          </Text>
        }
      >
        <Stack>
          <RuleNumbers rule={rule} title={title} />
          <RuleEvidence rule={rule} entityRef={entityRef} />
        </Stack>
      </Disclosure>
    </Stack>
  );
}

function RuleNumbers(props: { rule: GateRuleResult; title: string }) {
  const { rule, title } = props;
  const numbers = Object.entries(rule.numbers);
  return numbers.length === 0 ? (
    <Text subtle>The rule named no number.</Text>
  ) : (
    <DataTable
      caption={`Numbers of ${title}`}
      rows={numbers}
      idOf={([name]) => `number-${title}-${name}`.replaceAll(' ', '-')}
      columns={[
        { title: 'Number', width: 260, render: ([name]) => numberTitle(name) },
        {
          title: 'Value',
          render: ([name, value]) => numberText(name, value),
        },
      ]}
    />
  );
}
