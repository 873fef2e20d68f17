import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { HealthMetricName } from '@goldenpath/engine';
import { DORA_METRICS } from '../format/metric';
import { windowText } from '../format/time';
import type { LiveData } from '../hooks/useLiveData';
import { Disclosure, MetricDetails, Stack, Text } from '../ui';
import { metricAnchor } from './anchors';
import { LiveNotice } from '../components/LiveNotice';
import { InstrumentNotice } from './InstrumentNotice';
import { MetricEvidence } from './MetricEvidence';

const METRICS: HealthMetricName[] = [...DORA_METRICS, 'timeToRestore'];

/** The delivery metrics, each with the events it rests on. */
export function TabHealth(props: {
  entityRef: string;
  health: LiveData<HealthResponse>;
}) {
  const { entityRef, health } = props;
  const { data } = health;
  return (
    <Stack gap={3}>
      <LiveNotice live={health} what="The delivery metrics" />
      {data ? (
        <Text subtle>
          {data.environment}, {windowText(data.window)}
        </Text>
      ) : null}
      {data ? <InstrumentNotice health={data} /> : null}
      {data
        ? METRICS.map(name => {
            const metric = data.metrics[name];
            const count = metric.evidence.length;
            return (
              <MetricDetails
                key={name}
                id={metricAnchor(name)}
                name={name}
                metric={metric}
              >
                {count === 0 ? (
                  <Text subtle>No event lies behind this number.</Text>
                ) : (
                  <Disclosure
                    summary={
                      <Text inline>
                        {count === 1
                          ? 'The event behind this number'
                          : `The ${count} events behind this number`}
                      </Text>
                    }
                  >
                    <MetricEvidence
                      entityRef={entityRef}
                      ids={metric.evidence}
                    />
                  </Disclosure>
                )}
              </MetricDetails>
            );
          })
        : null}
    </Stack>
  );
}
