import type { GateDecision } from '@goldenpath/engine';
import {
  linkText,
  overrideHolds,
  requirementText,
  resultWording,
  standing,
} from '../format/gateDecision';
import { fullTime } from '../format/time';
import { EvidenceDisclosure } from '../health/EvidenceDisclosure';
import { useNow } from '../hooks/useNow';
import { Code, Heading, List, Row, Stack, StatusChip, Text } from '../ui';
import { DecisionFacts } from './DecisionFacts';
import { OverrideAction } from './OverrideAction';
import { OverrideNote } from './OverrideNote';
import { RuleResults } from './RuleResults';

/** Everything behind one decision: whether it may go ahead, every rule, what was asked, and what became of it. */
export function DecisionDetails(props: {
  decision: GateDecision;
  /** After an override. */
  onChanged: () => Promise<void>;
}) {
  const { decision, onChanged } = props;
  const now = useNow();
  const { label, tone, meaning } = standing(decision, now);
  return (
    <Stack gap={2}>
      <Stack>
        {overrideHolds(decision, now) ? null : (
          <Row gap={0.75}>
            <StatusChip tone={tone} label={label} />
            <Text inline>{meaning}</Text>
          </Row>
        )}
        <OverrideNote decision={decision} />
        <OverrideAction decision={decision} onDone={onChanged} />
      </Stack>
      <Requirements decision={decision} />
      <Stack>
        <Heading level={4}>Rules</Heading>
        <RuleResults decision={decision} />
      </Stack>
      <Outcome decision={decision} />
      <Stack>
        <Heading level={4}>What was asked</Heading>
        <DecisionFacts decision={decision} />
      </Stack>
    </Stack>
  );
}

function Requirements(props: { decision: GateDecision }) {
  const { requirements, request } = props.decision;
  const needsSteps =
    requirements.includes('progressive-delivery') && !request.progressive;
  return requirements.length === 0 ? null : (
    <Stack>
      <Heading level={4}>What this release has to be</Heading>
      <List label="What this release has to be" marked>
        {requirements.map(requirement => (
          <Text key={requirement}>{requirementText(requirement)}</Text>
        ))}
      </List>
      {needsSteps ? (
        <Text subtle>
          Nobody said that it is released step by step;{' '}
          <Code>golden-path gate --progressive</Code> says so.
        </Text>
      ) : null}
    </Stack>
  );
}

function Outcome(props: { decision: GateDecision }) {
  const { outcome, request } = props.decision;
  const { label, tone, meaning } = resultWording(outcome?.result ?? 'pending');
  return (
    <Stack>
      <Heading level={4}>What became of it</Heading>
      <Row gap={0.75}>
        <StatusChip tone={tone} label={label} />
        <Text inline>{meaning}</Text>
      </Row>
      {outcome?.deploymentId ? (
        <Text>
          Deployment <Code>{outcome.deploymentId}</Code>
          {outcome.linkedBy ? `, ${linkText(outcome.linkedBy)}` : ''}.
        </Text>
      ) : null}
      {outcome ? (
        <Text subtle>Judged {fullTime(outcome.judgedAt)}.</Text>
      ) : null}
      {outcome && outcome.evidence.length > 0 ? (
        <EvidenceDisclosure
          entityRef={request.entityRef}
          ids={outcome.evidence}
          what="this outcome"
        />
      ) : null}
    </Stack>
  );
}
