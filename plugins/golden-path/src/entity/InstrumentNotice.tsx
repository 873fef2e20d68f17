import type {
  DeliveryEventView,
  HealthResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { deliveryPicture } from '../format/deliveryPicture';
import { MINIMUM_DEPLOYMENTS } from '../format/metric';
import { fullTime } from '../format/time';
import { Code, Notice, RelativeTime, Text } from '../ui';
import { useLatestEvent } from './useLatestEvent';

/** Why there is no judgement yet and what to do about it; nothing where enough is known. */
export function InstrumentNotice(props: { health: HealthResponse }) {
  const { entityRef, metrics } = props.health;
  const picture = deliveryPicture(metrics);
  const asked = picture !== 'known' && picture !== 'few';
  const events = useLatestEvent({ entityRef, enabled: asked });
  const latest = events.data?.items[0];

  switch (picture) {
    case 'known':
      return null;
    case 'few':
      return <TooFew deployments={metrics.deploymentFrequency.n} />;
    case 'stale':
      return (
        <Notice
          tone="unsure"
          title="The source of deployments is silent: what rests on it is out of date."
        >
          <LastEvent
            event={latest}
            otherwise="When the last event came cannot be told here."
          />
          <Text>
            Numbers come back with the next event. Check that the pipeline still
            posts to <Code>/api/golden-path/v1/events</Code>.
          </Text>
        </Notice>
      );
    default:
      return picture === 'no-deployments' || latest ? (
        <Notice
          tone="unsure"
          title="Events arrive, but none of them tells of a deployment."
        >
          <LastEvent event={latest} />
          <Text>
            How often, how fast and how well this service is deployed cannot be
            told. Let the pipeline post a CDEvent of each deployment to{' '}
            <Code>/api/golden-path/v1/events</Code>.
          </Text>
        </Notice>
      ) : (
        <Notice
          tone="unsure"
          title={
            events.data
              ? 'No delivery event has arrived yet.'
              : 'No metric has an event to rest on.'
          }
        >
          <Text>
            Let the pipeline post CDEvents of its deployments, and the incident
            tool those of incidents, to <Code>/api/golden-path/v1/events</Code>.
          </Text>
        </Notice>
      );
  }
}

function TooFew(props: { deployments: number }) {
  const { deployments } = props;
  return (
    <Notice
      tone="unsure"
      title={
        deployments === 0
          ? 'No deployment finished in this window.'
          : `${countText(
              deployments,
              'deployment',
            )} of ${MINIMUM_DEPLOYMENTS}: too few to judge.`
      }
    >
      <Text>
        {deployments === 0
          ? 'Nothing is judged without one. A longer window may hold some.'
          : `Numbers are shown as they are. A band and a comparison come with ${MINIMUM_DEPLOYMENTS} deployments in the window.`}
      </Text>
    </Notice>
  );
}

function LastEvent(props: {
  event: DeliveryEventView | undefined;
  otherwise?: string;
}) {
  const { event, otherwise } = props;
  if (!event) {
    return otherwise ? <Text>{otherwise}</Text> : null;
  }
  return (
    <Text>
      The last event is of {fullTime(event.at)} (<RelativeTime at={event.at} />
      ): {event.title}
    </Text>
  );
}
