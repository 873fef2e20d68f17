import type { DeliveryEventView } from '@goldenpath/backstage-plugin-golden-path-common';
import { shortenDigests } from '../format/digest';
import { fullTime } from '../format/time';
import { CodeView } from './CodeView';
import { Disclosure } from './Disclosure';
import { Stack } from './layout';
import { SafeLink } from './SafeLink';
import { Code, Text } from './text';

/** Delivery events; each opens into its body as it came. */
export function EventList(props: { events: DeliveryEventView[] }) {
  return (
    <Stack gap={0.5}>
      {props.events.map(event => (
        <Disclosure
          key={`${event.source} ${event.id}`}
          summary={
            <Text inline>
              <time dateTime={event.at}>{fullTime(event.at)}</time>{' '}
              {shortenDigests(event.title)}
            </Text>
          }
        >
          <Stack>
            <Text subtle>
              <Code>{event.type}</Code> with id <Code>{event.id}</Code> from{' '}
              <Code>{event.source}</Code>, received {fullTime(event.receivedAt)}
              .{' '}
              {event.url ? (
                <SafeLink to={event.url}>Open where it happened</SafeLink>
              ) : null}
            </Text>
            <CodeView
              label={`Body of event ${event.id}`}
              text={JSON.stringify(event.body, null, 2)}
            />
          </Stack>
        </Disclosure>
      ))}
    </Stack>
  );
}
