import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { deliveryPicture } from '../format/deliveryPicture';
import { DORA_METRICS, decimal, metricTitle } from '../format/metric';
import { DataTable, Section, Stack, Text } from '../ui';

const QUICK_CHECK_ANCHOR = 'health-quick-check';

function scoreText(score: number | null): string {
  return score === null ? 'not known' : `${decimal(score)} of 10`;
}

/** DORA's Quick Check, with how each score was made. */
export function QuickCheckScores(props: { health: HealthResponse }) {
  const { quickCheck, metrics } = props.health;
  if (!quickCheck) {
    return null;
  }
  const known = deliveryPicture(metrics) === 'known' && quickCheck.known > 0;
  return (
    <Section id={QUICK_CHECK_ANCHOR} title="Quick Check score" level={4}>
      {known ? (
        <Scores quickCheck={quickCheck} />
      ) : (
        <Text>No score: too little is known to answer its questions.</Text>
      )}
    </Section>
  );
}

function Scores(props: {
  quickCheck: NonNullable<HealthResponse['quickCheck']>;
}) {
  const { scores, throughput, stability, overall, known } = props.quickCheck;
  const rows = [
    ...DORA_METRICS.map(name => ({
      title: metricTitle(name),
      score: scores[name as keyof typeof scores],
      how: /Rate$/.test(name)
        ? '10 less a tenth of the percentage'
        : 'Which of DORA’s six answers the number falls into, from 0 for the slowest to 10',
    })),
    {
      title: 'Throughput',
      score: throughput,
      how: 'Mean of frequency, lead time and recovery, of those known',
    },
    {
      title: 'Stability',
      score: stability,
      how: 'Mean of fail rate and rework rate, of those known',
    },
    {
      title: 'Overall',
      score: overall,
      how: `Mean of the ${known} of 5 that are known; the others are left out, neither best nor worst`,
    },
  ];
  return (
    <Stack gap={0.5}>
      <DataTable
        caption="Quick Check score"
        rows={rows}
        idOf={row => `quick-check-${row.title.replaceAll(' ', '-')}`}
        columns={[
          { title: 'Question', render: row => row.title },
          {
            title: 'Score',
            numeric: true,
            render: row => scoreText(row.score),
          },
          { title: 'How it was made', prose: true, render: row => row.how },
        ]}
      />
      <Text subtle variant="small">
        Measured here, where DORA’s own Quick Check asks people.
      </Text>
    </Stack>
  );
}
