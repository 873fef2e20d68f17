import { z } from 'zod';
import { cdeventBody, type CdeventBody } from '../cdeventBody';
import { PRODUCTION } from '../environment';
import { instantSchema } from '../instant';
import {
  readMessage,
  type Translation,
  type WebhookDelivery,
} from '../translation';
import { readAlertLabels } from './alertLabels';

const MAX_ALERTS = 1_000;

const textsSchema = z.record(z.string(), z.string()).default({});

const alertSchema = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: textsSchema,
  annotations: textsSchema,
  startsAt: instantSchema,
  endsAt: instantSchema.nullish(),
  generatorURL: z.string().nullish(),
  fingerprint: z.string().min(1).max(200),
});

const messageSchema = z.looseObject({
  version: z.literal('4', { error: "must be '4', the version of the format" }),
  externalURL: z.string().nullish(),
  commonLabels: textsSchema,
  truncatedAlerts: z.number().nullish(),
  alerts: z
    .array(alertSchema)
    .max(MAX_ALERTS, `must not hold more than ${MAX_ALERTS} alerts`),
});

type Message = z.infer<typeof messageSchema>;
type Alert = z.infer<typeof alertSchema>;

function webAddress(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** An end before its start is none: Alertmanager writes 0001-01-01 while the alert fires. */
function endOf(alert: Alert, receivedAt: Date): Date | undefined {
  if (alert.status === 'firing') {
    return undefined;
  }
  return alert.endsAt && alert.endsAt >= alert.startsAt
    ? alert.endsAt
    : receivedAt;
}

function bodyOf(
  alert: Alert,
  { externalURL, commonLabels }: Message,
  receivedAt: Date,
): CdeventBody {
  const facts = readAlertLabels({ ...commonLabels, ...alert.labels });
  const end = endOf(alert, receivedAt);
  const source = webAddress(externalURL) ?? 'alertmanager';
  const id = `${alert.fingerprint}/${alert.startsAt.toISOString()}`;
  const title = (
    alert.annotations.summary ||
    alert.annotations.title ||
    alert.labels.alertname ||
    'alert'
  ).slice(0, 1_000);
  const link =
    webAddress(alert.annotations.runbook_url) ?? webAddress(alert.generatorURL);
  const isIncident = facts.pages || facts.objective !== undefined;
  const shared = {
    source,
    identity: [alert.status, alert.fingerprint, alert.startsAt.getTime()],
    at: end ?? alert.startsAt,
    goldenPath: { entityRef: facts.entityRef, url: link },
  };
  const content = {
    environment: { id: facts.environment ?? PRODUCTION },
    ...(facts.service && { service: { id: facts.service } }),
  };
  if (!isIncident) {
    return cdeventBody({
      ...shared,
      name: end ? 'ticket.closed' : 'ticket.created',
      subject: {
        id,
        source,
        content: { ...content, ticketType: 'alert', summary: title, uri: link },
      },
    });
  }
  return cdeventBody({
    ...shared,
    name: end ? 'incident.resolved' : 'incident.detected',
    subject: { id, source, content: { ...content, description: title } },
    goldenPath: {
      ...shared.goldenPath,
      burnAlert:
        facts.objective === undefined
          ? undefined
          : {
              objective: facts.objective,
              severity: facts.pages ? 'page' : 'ticket',
            },
    },
  });
}

/**
 * Translates a delivery of Alertmanager's webhook, version 4. An alert that pages somebody is an incident, one on an
 * error budget is an incident event with `burnAlert`, any other a ticket. Fingerprint and start are the identity: the
 * same alert, sent again every few hours, is the same event.
 *
 * @throws TranslationError for a message of another format.
 *
 * @public
 */
export function translateAlertmanager({
  body,
  receivedAt,
}: WebhookDelivery): Translation {
  const message = readMessage(messageSchema, body, 'Alertmanager');
  const left = message.truncatedAlerts ?? 0;
  return {
    events: message.alerts.map(alert => bodyOf(alert, message, receivedAt)),
    skipped:
      left > 0
        ? [
            {
              what: `${left} alerts`,
              reason:
                "Alertmanager left them out; raise 'max_alerts' of the receiver",
            },
          ]
        : [],
  };
}
