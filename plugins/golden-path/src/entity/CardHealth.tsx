import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { shownMetric } from '../format/deliveryPicture';
import { DORA_METRICS } from '../format/metric';
import { windowText } from '../format/time';
import { metricTrend } from '../format/trend';
import { ANOMALIES_ANCHOR, PARADOX_ANCHOR } from '../health/healthAnchors';
import type { LiveData } from '../hooks/useLiveData';
import { InstrumentNotice } from './InstrumentNotice';
import {
  Heading,
  MetricTile,
  Row,
  Stack,
  StatusChip,
  Text,
  Tiles,
} from '../ui';
import { GATE_ANCHOR, metricAnchor } from './anchors';
import { HealthBudgetTile } from './HealthBudgetTile';
import { HealthGateLine } from './HealthGateLine';
import { LiveNotice } from '../components/LiveNotice';

/** What happens after the code is written, on the card: five metrics of DORA, the error budget, and what stands out. */
export function CardHealth(props: {
  health: LiveData<HealthResponse>;
  tabHref: string;
}) {
  const { health, tabHref } = props;
  const { data } = health;
  return (
    <Stack gap={1}>
      <Heading level={3} small>
        Delivery health
      </Heading>
      <LiveNotice live={health} what="The delivery metrics" />
      {data ? (
        <>
          <Text variant="small" subtle>
            {data.environment}, {windowText(data.window)}
          </Text>
          <InstrumentNotice health={data} />
          <Tiles>
            {DORA_METRICS.map(name => (
              <MetricTile
                key={name}
                name={name}
                metric={shownMetric(name, data.metrics)}
                trend={metricTrend(name, data)}
                ladder={data.ladder}
                to={`${tabHref}#${metricAnchor(name)}`}
              />
            ))}
            <HealthBudgetTile
              metric={data.metrics.errorBudget}
              to={`${tabHref}#${metricAnchor('errorBudget')}`}
            />
          </Tiles>
          <StandsOut health={data} tabHref={tabHref} />
          <HealthGateLine
            entityRef={data.entityRef}
            environment={data.environment}
            to={`${tabHref}#${GATE_ANCHOR}`}
          />
        </>
      ) : null}
    </Stack>
  );
}

/** The paradox where it could be worked out, and anomalies for the worse that nobody has acknowledged. */
function StandsOut(props: { health: HealthResponse; tabHref: string }) {
  const { health, tabHref } = props;
  const { paradox } = health;
  const anomalies = (health.anomalies ?? []).filter(
    anomaly => anomaly.worse && !anomaly.acknowledged,
  );
  return (
    <>
      {paradox?.status === 'ok' ? (
        <Row gap={0.75}>
          <StatusChip
            tone={paradox.weakest ? 'warn' : 'neutral'}
            label="Volume against capacity"
            meaning="Whether the volume of changes outgrew what comes after the code"
            to={`${tabHref}#${PARADOX_ANCHOR}`}
          />
          <Text inline>{paradox.message}</Text>
        </Row>
      ) : null}
      {anomalies.length > 0 ? (
        <Row gap={0.75}>
          <StatusChip
            tone="warn"
            label={countText(anomalies.length, 'anomaly', 'anomalies')}
            meaning="Observations for the worse that the history does not explain"
            to={`${tabHref}#${ANOMALIES_ANCHOR}`}
          />
          <Text inline>{anomalies[0].message}</Text>
        </Row>
      ) : null}
    </>
  );
}
