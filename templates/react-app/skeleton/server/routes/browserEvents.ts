import { metrics } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { MAX_EVENTS, MAX_TEXT, VITALS } from '../../shared/browserEvents.ts';
import type { BrowserEvent } from '../../shared/browserEvents.ts';

const LOGGED_ERRORS_PER_MINUTE = 30;

const text = { type: 'string', maxLength: MAX_TEXT } as const;
const schema = {
  body: {
    type: 'object',
    required: ['events'],
    properties: {
      events: {
        type: 'array',
        maxItems: MAX_EVENTS,
        items: {
          type: 'object',
          required: ['kind'],
          oneOf: [
            {
              required: ['name', 'value'],
              properties: {
                kind: { const: 'vital' },
                name: { enum: VITALS },
                value: { type: 'number', minimum: 0, maximum: 3_600_000 },
              },
            },
            {
              required: ['message', 'where'],
              properties: {
                kind: { const: 'error' },
                message: text,
                where: text,
              },
            },
          ],
        },
      },
    },
  },
} as const;

/**
 * Adds where the page reports its web vitals and errors. They become metrics of this server, beside those of its own
 * requests; an error is logged too. Anybody can send them, so they inform and never decide.
 */
export function registerBrowserEvents(
  app: FastifyInstance,
  options: { now: () => Date },
): void {
  const { now } = options;
  const meter = metrics.getMeter('page');
  const duration = meter.createHistogram('web_vital_duration_seconds', {
    unit: 's',
    description: 'Web vitals that are durations, by name',
    advice: {
      explicitBucketBoundaries: [
        0.05, 0.1, 0.2, 0.5, 0.8, 1.8, 2.5, 3, 4, 6, 10,
      ],
    },
  });
  const shift = meter.createHistogram('web_vital_layout_shift', {
    unit: '1',
    description: 'Cumulative layout shift of a page view',
    advice: { explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.15, 0.25, 0.5, 1] },
  });
  const errors = meter.createCounter('web_errors', {
    description: 'Errors that pages reported',
  });
  let minute = 0;
  let loggedInMinute = 0;

  /** Whether the log has room: what strangers can send must not fill it. */
  function mayLog(): boolean {
    const current = Math.floor(now().getTime() / 60_000);
    loggedInMinute = current === minute ? loggedInMinute + 1 : 1;
    minute = current;
    return loggedInMinute <= LOGGED_ERRORS_PER_MINUTE;
  }

  app.post<{ Body: { events: BrowserEvent[] } }>(
    '/browser-events',
    { schema, bodyLimit: 32 * 1024, logLevel: 'warn' },
    (request, reply) => {
      for (const event of request.body.events) {
        if (event.kind === 'error') {
          errors.add(1);
          if (mayLog()) {
            const { message, where } = event;
            request.log.warn({ page: { message, where } }, 'Error in the page');
          }
        } else if (event.name === 'CLS') {
          shift.record(event.value);
        } else {
          duration.record(event.value / 1_000, { name: event.name });
        }
      }
      return reply.code(204).send();
    },
  );
}
