import type { z } from 'zod';
import type { CdeventBody } from './cdeventBody';
import { TranslationError } from './translationError';

/** What became of a message. @public */
export interface Translation {
  /** Bodies of CDEvents, each fit for `parseDeliveryEvent`. */
  events: CdeventBody[];
  /** What of the message became no event, and why. */
  skipped: { what: string; reason: string }[];
}

/** A message as a sender's webhook delivered it. @public */
export interface WebhookDelivery {
  /** By lower-case name. */
  headers: Record<string, string | undefined>;
  /** The parsed JSON. */
  body: unknown;
  /** Stands in for the event time only where the sender names none. */
  receivedAt: Date;
}

const MAX_PROBLEMS = 5;

/** A message that leads to no event. @internal */
export function skip(what: string, reason: string): Translation {
  return { events: [], skipped: [{ what, reason }] };
}

/** A message that leads to these events, in this order. @internal */
export function translated(...events: CdeventBody[]): Translation {
  return { events, skipped: [] };
}

/** Several parts of one message put together. @internal */
export function joinTranslations(parts: readonly Translation[]): Translation {
  return {
    events: parts.flatMap(({ events }) => events),
    skipped: parts.flatMap(({ skipped }) => skipped),
  };
}

/**
 * Checks the fields that are read of a message.
 *
 * @param what - names the message in the error, such as `GitHub deployment_status`.
 *
 * @throws TranslationError naming each field that is not as expected.
 *
 * @internal
 */
export function readMessage<S extends z.ZodType>(
  schema: S,
  message: unknown,
  what: string,
): z.infer<S> {
  const result = schema.safeParse(message);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues
    .slice(0, MAX_PROBLEMS)
    .map(
      issue =>
        `${issue.path.map(String).join('.') || 'message'}: ${issue.message}`,
    );
  throw new TranslationError(`${what}: ${problems.join('; ')}`);
}
