import type { HealthRollup } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName, Metric } from '@goldenpath/engine';
import { countText } from '../format/count';
import { entityName } from '../format/entityName';
import {
  DORA_METRICS,
  metricNumber,
  metricTitle,
  metricWording,
} from '../format/metric';
import { metricNumbers } from '../format/metricNumbers';
import { DataTable, SafeLink, Stack, StatusChip, Text } from '../ui';
import { type FleetState, NONE } from './fleetState';

/** Short enough for the head of a column. */
const HEADS: Partial<Record<HealthMetricName, string>> = {
  deploymentFrequency: 'Frequency',
  changeLeadTime: 'Lead time',
  changeFailRate: 'Fail rate',
  failedDeploymentRecoveryTime: 'Recovery time',
  deploymentReworkRate: 'Rework rate',
};

/** Nobody told anything of it. */
const ABSENT: Metric = {
  status: 'not-instrumented',
  value: null,
  unit: 'count',
  n: 0,
  evidence: [],
};

function nameOf({ group }: HealthRollup, groupBy: 'owner' | 'system') {
  if (group !== null) {
    return entityName(group);
  }
  return groupBy === 'owner' ? 'Without an owner' : 'In no system';
}

/** The number of a metric; one that is no judgement is pale, and says beside or `below` it why. */
function Value(props: { metric: Metric | undefined; below?: boolean }) {
  const { metric = ABSENT, below } = props;
  const number = metricNumber(metric);
  const { label, tone, meaning } = metricWording(metric);
  if (metric.status === 'ok' && number !== undefined) {
    return <>{number}</>;
  }
  return (
    <>
      {number === undefined ? null : (
        <Text inline subtle>
          {number}{' '}
        </Text>
      )}
      {below ? (
        <Text variant="small" subtle>
          {label}
        </Text>
      ) : (
        <StatusChip tone={tone} label={label} meaning={meaning} />
      )}
    </>
  );
}

function Instrumented(props: { rollup: HealthRollup }) {
  const { entities, instrumented } = props.rollup;
  const silent = entities - instrumented;
  return (
    <>
      {instrumented} of {entities}
      {silent > 0 ? (
        <Text variant="small" subtle>
          {silent === 1 ? '1 tells nothing' : `${silent} tell nothing`}
        </Text>
      ) : null}
    </>
  );
}

function Anomalies(props: { rollup: HealthRollup }) {
  const { instrumented, anomalies } = props.rollup;
  if (instrumented === 0) {
    return <>not known</>;
  }
  return anomalies === 0 ? (
    <>none found</>
  ) : (
    <StatusChip
      tone="warn"
      label={countText(anomalies, 'entity', 'entities')}
      meaning="Entities with an anomaly for the worse that nobody has acknowledged"
    />
  );
}

/** How each number of a group came about. */
function Numbers(props: { rollup: HealthRollup; name: string }) {
  const { rollup, name } = props;
  const { entities, instrumented, metrics } = rollup;
  const silent = entities - instrumented;
  return (
    <Stack>
      {silent > 0 ? (
        <Text>
          {silent === 1
            ? '1 entity tells nothing of its deployments and is in no number here.'
            : `${silent} entities tell nothing of their deployments and are in no number here.`}
        </Text>
      ) : null}
      <DataTable
        caption={`Numbers of ${name}`}
        rows={DORA_METRICS}
        idOf={metric => `rollup-${name}-${metric}`.replaceAll(' ', '-')}
        columns={[
          { title: 'Metric', render: metricTitle },
          {
            title: 'Value',
            render: metric => <Value metric={metrics[metric]} />,
          },
          {
            title: 'How it was made',
            prose: true,
            render: metric => {
              const found = metrics[metric] ?? ABSENT;
              return [
                ...(found.status === 'not-instrumented'
                  ? []
                  : metricNumbers(metric, found)),
                ...(found.status === 'ok' && !found.note
                  ? []
                  : [metricWording(found).meaning]),
              ].join(' · ');
            },
          },
        ]}
      />
    </Stack>
  );
}

/** The five metrics of DORA of each group, and how many of its entities they are of. */
export function FleetHealthTable(props: {
  groupBy: 'owner' | 'system';
  groups: HealthRollup[];
  hrefOf: (state: Partial<FleetState>) => string;
}) {
  const { groupBy, groups, hrefOf } = props;
  return (
    <DataTable
      caption={`Delivery health by ${groupBy}`}
      rows={groups}
      idOf={({ group }) => `health-of-${group ?? NONE}`}
      nameOf={rollup => `the delivery health of ${nameOf(rollup, groupBy)}`}
      details={rollup => (
        <Numbers rollup={rollup} name={nameOf(rollup, groupBy)} />
      )}
      columns={[
        {
          title: groupBy === 'owner' ? 'Owner' : 'System',
          render: rollup => (
            <SafeLink
              to={`${hrefOf({
                [groupBy]: rollup.group ?? NONE,
                groupBy: undefined,
                open: [],
              })}#entities`}
              label={`Entities of ${nameOf(rollup, groupBy)} in the fleet`}
            >
              {nameOf(rollup, groupBy)}
            </SafeLink>
          ),
        },
        {
          title: 'Instrumented',
          render: rollup => <Instrumented rollup={rollup} />,
        },
        ...DORA_METRICS.map(name => ({
          title: HEADS[name] ?? metricTitle(name),
          render: (rollup: HealthRollup) => (
            <Value metric={rollup.metrics[name]} below />
          ),
        })),
        {
          title: 'Anomalies',
          render: rollup => <Anomalies rollup={rollup} />,
        },
      ]}
    />
  );
}
