import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Paradox } from '@goldenpath/engine';
import { decimal, metricWording } from '../format/metric';
import { changeText, indexText, stageTitle } from '../format/paradox';
import { DataTable, Row, Section, Stack, StatusChip, Text } from '../ui';
import { EvidenceDisclosure } from './EvidenceDisclosure';
import { PARADOX_ANCHOR } from './healthAnchors';

type Stage = Paradox['stages'][number];

/** Whether the volume of changes outgrew what comes after the code, and which stage gives way. */
export function ParadoxSection(props: { health: HealthResponse }) {
  const { paradox, entityRef } = props.health;
  return (
    <Section id={PARADOX_ANCHOR} title="Volume against capacity" level={3}>
      {paradox ? (
        <ParadoxView paradox={paradox} entityRef={entityRef} />
      ) : (
        <Text>
          Not worked out: changes and the stages after them have to be reported
          over two periods.
        </Text>
      )}
    </Section>
  );
}

function unjudged(status: Stage['status'], note?: string) {
  return metricWording({
    status,
    value: null,
    unit: 'per-day',
    n: 0,
    evidence: [],
    note,
  });
}

function ParadoxView(props: { paradox: Paradox; entityRef: string }) {
  const { paradox, entityRef } = props;
  const { status, index, interval, volume, weakest, message } = paradox;
  const judged = status === 'ok' && index !== null;
  return (
    <Stack gap={1}>
      <Row>
        {judged ? (
          <>
            <Text inline variant="large">
              {indexText(index)}
            </Text>
            {interval ? (
              <Text inline subtle>
                between {indexText(interval.low)} and {indexText(interval.high)}{' '}
                with 95% confidence
              </Text>
            ) : null}
          </>
        ) : (
          <StatusChip {...unjudged(status)} />
        )}
        {judged && weakest ? (
          <StatusChip tone="warn" label={`${stageTitle(weakest)} gives way`} />
        ) : null}
      </Row>
      <Text>{message}</Text>
      {volume ? (
        <>
          <Text>
            {decimal(volume.now)} changes per day now,{' '}
            {decimal(volume.baseline)} before.
          </Text>
          <EvidenceDisclosure
            entityRef={entityRef}
            ids={volume.evidence}
            what="the volume"
          />
        </>
      ) : null}
      <Stages paradox={paradox} entityRef={entityRef} />
      <Text subtle variant="small">
        The growth of changes less the growth of what the slowest stage gets
        done, as logarithms: 0 when both grew alike, above 0 when the stage
        falls behind.
      </Text>
    </Stack>
  );
}

function Stages(props: { paradox: Paradox; entityRef: string }) {
  const { paradox, entityRef } = props;
  const pace = (value: number | null) =>
    value === null ? 'not known' : `${decimal(value)} per day`;
  return (
    <DataTable
      caption="What each stage gets done"
      rows={paradox.stages}
      idOf={stage => `paradox-${stage.stage}`}
      nameOf={stage => stageTitle(stage.stage)}
      details={stage => (
        <EvidenceDisclosure
          entityRef={entityRef}
          ids={stage.evidence}
          what="this stage"
          open
        />
      )}
      columns={[
        { title: 'Stage', render: stage => stageTitle(stage.stage) },
        { title: 'Now', numeric: true, render: stage => pace(stage.now) },
        {
          title: 'Before',
          numeric: true,
          render: stage => pace(stage.baseline),
        },
        {
          title: 'Change',
          numeric: true,
          render: stage => changeText(stage.change),
        },
        {
          title: 'What it means',
          prose: true,
          render: stage => <StageMeaning stage={stage} paradox={paradox} />,
        },
      ]}
    />
  );
}

function StageMeaning(props: { stage: Stage; paradox: Paradox }) {
  const { stage, paradox } = props;
  if (stage.status !== 'ok') {
    return <StatusChip {...unjudged(stage.status, stage.note)} />;
  }
  return (
    <Row gap={0.75}>
      {paradox.status === 'ok' && paradox.weakest === stage.stage ? (
        <StatusChip tone="warn" label="Gives way" />
      ) : null}
      {stage.note ? <Text inline>{stage.note}</Text> : null}
    </Row>
  );
}
