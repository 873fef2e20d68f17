import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { DORA_METRICS } from '../format/metric';
import { windowText } from '../format/time';
import type { LiveData } from '../hooks/useLiveData';
import { InstrumentNotice } from './InstrumentNotice';
import { Heading, MetricTile, Stack, Text, Tiles } from '../ui';
import { metricAnchor } from './anchors';
import { LiveNotice } from '../components/LiveNotice';

/** The five DORA metrics on the card. */
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
                metric={data.metrics[name]}
                to={`${tabHref}#${metricAnchor(name)}`}
              />
            ))}
          </Tiles>
        </>
      ) : null}
    </Stack>
  );
}
