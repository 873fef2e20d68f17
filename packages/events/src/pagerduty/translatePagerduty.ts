import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { PRODUCTION } from '../environment';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
  type WebhookDelivery,
} from '../translation';

const envelopeSchema = z.looseObject({
  event: z.looseObject({ event_type: z.string().min(1) }),
});

const incidentSchema = z.looseObject({
  event: z.looseObject({
    id: z.string().min(1),
    event_type: z.string(),
    occurred_at: instantSchema,
    data: z.looseObject({
      id: z.string().min(1),
      html_url: z.url({ protocol: /^https?$/ }).nullish(),
      created_at: instantSchema.nullish(),
      title: z.string().nullish(),
      service: z
        .looseObject({
          id: z.string().min(1),
          summary: z.string().nullish(),
          html_url: z.url({ protocol: /^https?$/ }).nullish(),
        })
        .nullish(),
    }),
  }),
});

type CdeventOfIncident =
  | 'incident.detected'
  | 'incident.reported'
  | 'incident.resolved';

const NAMES: Record<string, CdeventOfIncident> = {
  'incident.triggered': 'incident.detected',
  'incident.reopened': 'incident.detected',
  'incident.acknowledged': 'incident.reported',
  'incident.resolved': 'incident.resolved',
};

/**
 * Translates a delivery of a PagerDuty V3 webhook: triggered and reopened are `incident.detected`, acknowledged is
 * `incident.reported`, resolved is `incident.resolved`. The service's id leads to the entity; PagerDuty knows no
 * environment, so that incidents are of production.
 *
 * @throws TranslationError for an incident event without what every one of them has.
 *
 * @public
 */
export function translatePagerduty({ body }: WebhookDelivery): Translation {
  const { event_type: kind } = readMessage(
    envelopeSchema,
    body,
    'PagerDuty',
  ).event;
  const name = Object.hasOwn(NAMES, kind) ? NAMES[kind] : undefined;
  if (name === undefined) {
    return skip(
      kind.slice(0, 100),
      'neither the beginning nor the end of an incident',
    );
  }
  const {
    id,
    occurred_at: at,
    data,
  } = readMessage(incidentSchema, body, `PagerDuty ${kind}`).event;
  const account = data.html_url ?? data.service?.html_url;
  const source = account ? new URL(account).origin : 'https://pagerduty.com';
  return translated(
    cdeventBody({
      name,
      source,
      identity: [kind, data.id, id],
      // A message that comes late still begins the incident when it began.
      at: kind === 'incident.triggered' ? data.created_at ?? at : at,
      subject: {
        id: data.id,
        source,
        content: {
          environment: { id: PRODUCTION },
          ...(data.service && {
            service: { id: data.service.id, source },
            serviceName: data.service.summary ?? undefined,
          }),
          description: data.title?.slice(0, 10_000),
          ticketURI: data.html_url ?? undefined,
        },
      },
      goldenPath: { url: data.html_url ?? undefined },
    }),
  );
}
