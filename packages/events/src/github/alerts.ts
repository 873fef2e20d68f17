import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import {
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
} from './repository';

const alertSchema = z.looseObject({
  action: z.string(),
  alert: z.looseObject({
    number: z.int().positive(),
    html_url: optionalTextSchema,
    created_at: instantSchema,
    updated_at: instantSchema.nullish(),
    fixed_at: instantSchema.nullish(),
    dismissed_at: instantSchema.nullish(),
    rule: z
      .looseObject({
        id: z.string().nullish(),
        description: z.string().nullish(),
      })
      .nullish(),
    security_advisory: z.looseObject({ summary: z.string() }).nullish(),
  }),
  repository: repositorySchema,
});

const OPENING = ['created', 'reopened', 'reopened_by_user', 'reintroduced'];
const CLOSING = ['closed_by_user', 'fixed', 'dismissed', 'auto_dismissed'];

/**
 * `code_scanning_alert` and `dependabot_alert`: tickets, which no metric counts. One alert is no scan: what a release
 * brought is only known from all the results of one, which come as SARIF.
 */
export function translateAlert(
  event: string,
  body: unknown,
  receivedAt: Date,
): Translation {
  const {
    action,
    alert,
    repository: place,
  } = readMessage(alertSchema, body, `GitHub ${event}`);
  const closing = CLOSING.includes(action);
  if (!closing && !OPENING.includes(action)) {
    return skip(`${event} ${action}`, 'neither opens nor closes the alert');
  }
  const { source, repository } = repositoryOf(place);
  const changedAt = closing
    ? alert.fixed_at ?? alert.dismissed_at ?? alert.updated_at
    : alert.updated_at;
  const at = action === 'created' ? alert.created_at : changedAt ?? receivedAt;
  return translated(
    cdeventBody({
      name: closing ? 'ticket.closed' : 'ticket.created',
      source,
      identity: [
        event,
        alert.number,
        action,
        // The same alert may close and open more than once.
        ...(action === 'created' ? [] : [changedAt?.getTime() ?? '']),
      ],
      at,
      subject: {
        id: `${event}/${alert.number}`,
        source: repository.source,
        content: {
          repository,
          ticketType: 'security',
          summary: (
            alert.security_advisory?.summary ??
            alert.rule?.description ??
            alert.rule?.id ??
            event
          ).slice(0, 1_000),
          uri: alert.html_url,
          ...(closing && { resolution: action }),
        },
      },
      goldenPath: { url: alert.html_url },
    }),
  );
}
