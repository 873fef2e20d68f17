import type { ObjectiveBudget } from '@goldenpath/engine';
import {
  alertWording,
  budgetEnd,
  budgetLeft,
  budgetTone,
  objectivePromise,
} from '../format/budget';
import { humanDuration } from '../format/duration';
import { decimal, metricWording, percentText } from '../format/metric';
import { fullTime } from '../format/time';
import {
  BudgetBar,
  BurnDown,
  DataTable,
  Row,
  SafeLink,
  Stack,
  StatusChip,
  Text,
} from '../ui';

/** One objective: what is left of its budget, how fast that is used, and which alerts say so. */
export function ObjectiveDetails(props: { objective: ObjectiveBudget }) {
  const { objective } = props;
  const { name, status, remaining, note, url, burnDown } = objective;
  const judged = status === 'ok' && remaining !== null;
  const unjudged = metricWording({
    status,
    value: null,
    unit: 'ratio',
    n: 0,
    evidence: [],
    note,
  });
  return (
    <section aria-label={`Objective ${name}`}>
      <Stack gap={1}>
        <Row>
          <Text inline variant="strong">
            {name}
          </Text>
          <Text inline subtle>
            {objectivePromise(objective)}
          </Text>
          {judged ? (
            <StatusChip
              tone={budgetTone(remaining)}
              label={budgetLeft(remaining)}
            />
          ) : (
            <StatusChip {...unjudged} />
          )}
        </Row>
        {judged ? <BudgetBar remaining={remaining} /> : null}
        {judged ? <Text>{budgetEnd(objective)}</Text> : null}
        {note || !judged ? <Text>{note ?? unjudged.meaning}</Text> : null}
        <Text subtle>
          {objective.errorRate === null
            ? 'No traffic over the period'
            : `${percentText(objective.errorRate)} bad over the period`}
          , measured {fullTime(objective.measuredAt)}.{' '}
          {url ? <SafeLink to={url}>Open the measurement</SafeLink> : null}
        </Text>
        <BurnRates objective={objective} />
        <BurnAlerts objective={objective} />
        {burnDown ? <BurnDown name={name} points={burnDown} /> : null}
      </Stack>
    </section>
  );
}

function BurnRates(props: { objective: ObjectiveBudget }) {
  const { name, burnRates } = props.objective;
  return burnRates.length === 0 ? null : (
    <DataTable
      caption={`Burn rates of ${name}`}
      rows={burnRates}
      idOf={rate => `burn-${name}-${rate.seconds}`}
      columns={[
        {
          title: 'Window',
          render: rate => `Last ${humanDuration(rate.seconds)}`,
        },
        {
          title: 'Burn rate',
          numeric: true,
          render: rate =>
            rate.burnRate === null
              ? 'no traffic'
              : `${decimal(rate.burnRate)} times`,
        },
        {
          title: 'Bad of valid',
          numeric: true,
          render: rate =>
            rate.bad === undefined || rate.valid === undefined
              ? 'not known'
              : `${decimal(rate.bad)} of ${decimal(rate.valid)}`,
        },
      ]}
    />
  );
}

function BurnAlerts(props: { objective: ObjectiveBudget }) {
  const { name, alerts } = props.objective;
  return alerts.length === 0 ? null : (
    <DataTable
      caption={`Burn alerts of ${name}`}
      rows={alerts}
      idOf={alert => `alert-${name}-${alert.longSeconds}-${alert.severity}`}
      columns={[
        {
          title: 'Alert',
          render: alert => (alert.severity === 'page' ? 'Page' : 'Ticket'),
        },
        {
          title: 'Windows',
          render: alert =>
            `${humanDuration(alert.longSeconds)} and ${humanDuration(
              alert.shortSeconds,
            )}`,
        },
        {
          title: 'Fires above',
          numeric: true,
          render: alert =>
            `${alert.threshold.toLocaleString('en-GB', {
              maximumSignificantDigits: 4,
            })} times`,
        },
        {
          title: 'Budget used by then',
          numeric: true,
          render: alert => percentText(alert.budgetShare),
        },
        {
          title: 'State',
          render: alert => <StatusChip {...alertWording(alert)} />,
        },
      ]}
    />
  );
}
