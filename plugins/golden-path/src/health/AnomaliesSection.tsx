import { usePermission } from '@backstage/plugin-permission-react';
import {
  goldenPathAnomalyAcknowledgePermission,
  type HealthResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { Anomaly } from '@goldenpath/engine';
import { useState } from 'react';
import { anomalyTitle } from '../format/anomaly';
import { countText } from '../format/count';
import { Announcement, Code, Disclosure, List, Section, Text } from '../ui';
import { AcknowledgeAnomaly } from './AcknowledgeAnomaly';
import { AnomalyDetails } from './AnomalyDetails';
import { ANOMALIES_ANCHOR } from './healthAnchors';

/** What the viewer has acknowledged since the page was opened. */
interface Done {
  entityRef: string;
  environment: string;
  anomaly: Anomaly;
}

/** Observations that their own history does not explain; those that were taken as the new normal stand apart. */
export function AnomaliesSection(props: {
  health: HealthResponse;
  /** Loads the report again, once one was acknowledged. */
  reload?: () => Promise<void>;
}) {
  const { health, reload = async () => {} } = props;
  const permission = usePermission({
    permission: goldenPathAnomalyAcknowledgePermission,
  });
  const [done, setDone] = useState<Done[]>([]);
  const [result, setResult] = useState({ text: '', turn: 0 });
  if (!health.anomalies) {
    return null;
  }
  const { anomalies: reported, entityRef, environment } = health;
  const here = done.filter(
    one => one.entityRef === entityRef && one.environment === environment,
  );
  // The report may still be the one from before, or name it no more
  const anomalies = [
    ...reported.map(
      anomaly =>
        here.find(one => one.anomaly.id === anomaly.id)?.anomaly ?? anomaly,
    ),
    ...here
      .map(one => one.anomaly)
      .filter(({ id }) => !reported.some(anomaly => anomaly.id === id)),
  ];
  const open = anomalies.filter(anomaly => !anomaly.acknowledged);
  const acknowledged = anomalies.filter(anomaly => anomaly.acknowledged);
  const onDone = async (anomaly: Anomaly) => {
    setDone(before => [...before, { entityRef, environment, anomaly }]);
    setResult(({ turn }) => ({
      text: `Acknowledged. From now on ${anomalyTitle(
        anomaly,
      )} is held against a baseline that starts anew.`,
      turn: turn + 1,
    }));
    await reload();
  };
  return (
    <Section id={ANOMALIES_ANCHOR} title="Anomalies" level={3}>
      <Announcement text={result.text || undefined} turn={result.turn} />
      {open.length === 0 ? (
        <Text subtle>
          Nothing stands out, as far as there is enough history to compare with.
        </Text>
      ) : (
        <List label="Anomalies">
          {open.map(anomaly => (
            <AnomalyDetails key={anomaly.id} anomaly={anomaly} health={health}>
              {permission.allowed ? (
                <AcknowledgeAnomaly
                  entityRef={entityRef}
                  anomaly={anomaly}
                  onDone={onDone}
                />
              ) : null}
            </AnomalyDetails>
          ))}
        </List>
      )}
      {open.length > 0 && !permission.loading && !permission.allowed ? (
        <Text subtle>
          To take one as the new normal you need the permission{' '}
          <Code>golden-path.anomaly.acknowledge</Code>. The platform team write
          the permission policy of this Backstage: ask them.
        </Text>
      ) : null}
      {acknowledged.length > 0 ? (
        <Disclosure
          summary={
            <Text inline>
              {countText(acknowledged.length, 'anomaly', 'anomalies')} taken as
              the new normal
            </Text>
          }
        >
          <List label="Acknowledged anomalies">
            {acknowledged.map(anomaly => (
              <AnomalyDetails
                key={anomaly.id}
                anomaly={anomaly}
                health={health}
              />
            ))}
          </List>
        </Disclosure>
      ) : null}
    </Section>
  );
}
