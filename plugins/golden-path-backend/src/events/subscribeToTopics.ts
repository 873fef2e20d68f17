import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { describeError } from '../service/describeError';
import { WebhookReceiver } from '../webhooks/WebhookReceiver';
import { EventIngest } from './EventIngest';
import { eventsOfJson } from './parseEventsBody';

/** CDEvents, as they are or as CloudEvents. */
const CDEVENTS_TOPIC = 'golden-path.cdevents';
const WEBHOOK_PREFIX = 'golden-path.webhooks.';
/** Topics that modules of Backstage publish webhooks on. */
const SENDER_OF_TOPIC: Record<string, string> = {
  github: 'github',
  gitlab: 'gitlab',
};

const ATTEMPTS = 8;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 30_000;

/** @internal */
export interface TopicOptions {
  events: EventsService;
  ingest: Pick<EventIngest, 'take'>;
  webhooks: Pick<WebhookReceiver, 'take'>;
  auditor: AuditorService;
  logger: LoggerService;
  topics: string[];
  /** Ids of the senders of webhooks. */
  senders: string[];
  /** Between the first two attempts; doubles with each. */
  firstDelayMs?: number;
}

/**
 * Takes delivery events from topics of Backstage's events service, so that its modules for Kafka, SQS, Pub/Sub and
 * webhooks carry them. What cannot be stored is tried again for about a minute; what is no event is logged and dropped,
 * since the service knows no way to send it back. Where they come from has to be proven before they are published.
 *
 * Throws an `InputError` for a topic that nothing is known of.
 * @internal
 */
export async function subscribeToTopics(options: TopicOptions): Promise<void> {
  const { events, topics, senders, logger } = options;
  for (const topic of new Set(topics)) {
    const take = takerOf(topic, senders, options);
    const policy = retry(handleWhen(isWorthRetrying), {
      maxAttempts: ATTEMPTS,
      backoff: new ExponentialBackoff({
        initialDelay: options.firstDelayMs ?? FIRST_DELAY_MS,
        maxDelay: LONGEST_DELAY_MS,
      }),
    });
    await events.subscribe({
      id: `ingest-${topic.replaceAll('.', '-')}`,
      topics: [topic],
      async onEvent(params) {
        try {
          await policy.execute(() => take(params));
        } catch (error) {
          logger.error(
            `An event of the topic '${topic}' is lost: ${describeError(error)}`,
          );
        }
      },
    });
  }
}

function takerOf(
  topic: string,
  senders: string[],
  options: TopicOptions,
): (params: EventParams) => Promise<unknown> {
  const name = withDots(topic);
  if (name === CDEVENTS_TOPIC) {
    return ({ eventPayload }) => takeCdevents(eventPayload, options);
  }
  const sender = name.startsWith(WEBHOOK_PREFIX)
    ? name.slice(WEBHOOK_PREFIX.length)
    : SENDER_OF_TOPIC[name];
  if (sender === undefined || !senders.includes(sender)) {
    const known = [
      CDEVENTS_TOPIC,
      ...Object.keys(SENDER_OF_TOPIC),
      ...senders.map(id => WEBHOOK_PREFIX + id),
    ];
    throw new InputError(
      `goldenPath.events.topics: '${topic}' is not a topic that delivery events come on; known are ${known.join(
        ', ',
      )}`,
    );
  }
  return params => options.webhooks.take(sender, messageOf(params));
}

/** A key of the configuration holds no dot, and some modules take the topic from a key. */
function withDots(topic: string): string {
  return topic
    .replace(/^golden-path-cdevents$/, CDEVENTS_TOPIC)
    .replace(/^golden-path-webhooks-/, WEBHOOK_PREFIX);
}

async function takeCdevents(
  payload: unknown,
  { auditor, ingest }: TopicOptions,
): Promise<void> {
  const event = await auditor.createEvent({
    eventId: 'event-ingest',
    severityLevel: 'medium',
    meta: { topic: CDEVENTS_TOPIC },
  });
  try {
    const { unattached, ...counts } = await ingest.take(eventsOfJson(payload), {
      as: 'hints',
    });
    await event.success({
      meta: { ...counts, unattached: unattached.length },
    });
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}

function messageOf({ eventPayload, metadata }: EventParams) {
  const headers = Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [
      name.toLocaleLowerCase('en-US'),
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
  return {
    headers,
    body: eventPayload,
    receivedAt: new Date(),
  };
}

/** Bad input stays bad; anything else is the database or the network. */
function isWorthRetrying(error: Error): boolean {
  return error.name !== 'InputError' && error.name !== 'NotFoundError';
}
