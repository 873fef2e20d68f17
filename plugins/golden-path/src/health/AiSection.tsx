import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { AiOutcomes } from '@goldenpath/engine';
import {
  armText,
  comparisonNotes,
  differenceText,
  MINIMUM_ARM,
  outcomeTitle,
  verdictOf,
} from '../format/aiOutcome';
import { DataTable, List, Section, Stack, StatusChip, Text } from '../ui';
import { EvidenceDisclosure } from './EvidenceDisclosure';
import { HealthMetric } from './HealthMetric';
import { AI_ANCHOR } from './healthAnchors';

const OUTCOMES_ANCHOR = 'health-ai-outcomes';

/** How much says that it was made with AI, and how it fares against the rest. */
export function AiSection(props: { health: HealthResponse }) {
  const { health } = props;
  return (
    <Section id={AI_ANCHOR} title="AI assistance" level={3}>
      <HealthMetric name="aiShare" health={health}>
        <Text>
          A lower bound: only what a change discloses is seen, and who wrote it
          is never looked at.
        </Text>
      </HealthMetric>
      <Section id={OUTCOMES_ANCHOR} title="Outcomes" level={4}>
        <Outcomes outcomes={health.aiOutcomes} entityRef={health.entityRef} />
      </Section>
    </Section>
  );
}

function Outcomes(props: {
  outcomes: AiOutcomes | undefined;
  entityRef: string;
}) {
  const { outcomes, entityRef } = props;
  if (!outcomes || outcomes.comparisons.length === 0) {
    return (
      <Text>
        {outcomes?.note ??
          'Nothing to compare: no deployment of this window says what its changes disclose.'}
      </Text>
    );
  }
  const { exposed, unexposed, comparisons, note } = outcomes;
  return (
    <Stack gap={1}>
      <Text>
        {exposed} deployments ship a change with disclosed AI assistance,{' '}
        {unexposed} ship none. Nothing is concluded from fewer than{' '}
        {MINIMUM_ARM} on a side.
      </Text>
      {note ? <Text>{note}</Text> : null}
      <DataTable
        caption="Outcomes with disclosed AI assistance and without"
        rows={comparisons}
        idOf={row => `ai-${row.outcome}`}
        nameOf={outcomeTitle}
        details={row => (
          <Stack gap={0.5}>
            <List label={`Behind ${outcomeTitle(row)}`}>
              {comparisonNotes(row).map(text => (
                <Text key={text}>{text}</Text>
              ))}
            </List>
            <EvidenceDisclosure
              entityRef={entityRef}
              ids={row.evidence}
              what="this comparison"
            />
          </Stack>
        )}
        columns={[
          { title: 'Outcome', render: outcomeTitle },
          {
            title: 'With AI',
            numeric: true,
            render: row => armText(row.exposed),
          },
          {
            title: 'Without',
            numeric: true,
            render: row => armText(row.unexposed),
          },
          {
            title: 'Difference (95%)',
            numeric: true,
            render: row => differenceText(row) ?? 'not said',
          },
          {
            title: 'Verdict',
            render: row => <StatusChip {...verdictOf(row)} />,
          },
        ]}
      />
    </Stack>
  );
}
