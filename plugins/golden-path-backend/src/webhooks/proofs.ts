import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  WebhookProof,
  WebhookRequest,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { Webhook } from 'standardwebhooks';

/** What the signature of Standard Webhooks may be older or younger than the clock here. */
const MOST_APART_MS = 5 * 60_000;

/**
 * HMAC-SHA256 over the raw body, in hexadecimal digits behind a prefix; one of several separated by commas is enough,
 * as a sender signs with two secrets while they are changed.
 * @internal
 */
export function proveHmac(
  request: WebhookRequest,
  secret: string,
  { header, prefix }: { header: string; prefix: string },
): WebhookProof {
  const given = request.headers[header];
  if (!given) {
    return 'missing';
  }
  const expected = createHmac('sha256', secret)
    .update(request.rawBody)
    .digest('hex');
  return given
    .split(',')
    .map(part => part.trim())
    .some(part => isSame(part, prefix + expected))
    ? 'valid'
    : 'wrong';
}

/** The secret itself in a header. @internal */
export function proveToken(
  request: WebhookRequest,
  secret: string,
  header: string,
): WebhookProof {
  const given = request.headers[header];
  if (!given) {
    return 'missing';
  }
  return isSame(given, secret) ? 'valid' : 'wrong';
}

/** `Authorization: Bearer <secret>`. @internal */
export function proveBearer(
  request: WebhookRequest,
  secret: string,
): WebhookProof {
  const [, token] =
    /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!token) {
    return 'missing';
  }
  return isSame(token, secret) ? 'valid' : 'wrong';
}

/** Standard Webhooks: a signature over id, time and body, which holds for five minutes. @internal */
export function proveStandard(
  request: WebhookRequest,
  secret: string,
): WebhookProof {
  const id = request.headers['webhook-id'];
  const timestamp = request.headers['webhook-timestamp'];
  const signature = request.headers['webhook-signature'];
  if (!id || !timestamp || !signature) {
    return 'missing';
  }
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : NaN;
  if (Number.isNaN(seconds)) {
    return 'wrong';
  }
  // The library would look at the time first, and could not say what is wrong
  const expected = new Webhook(secret).sign(
    id,
    new Date(seconds * 1000),
    request.rawBody,
  );
  if (!signature.split(' ').some(part => isSame(part, expected))) {
    return 'wrong';
  }
  const apart = Math.abs(request.receivedAt.getTime() - seconds * 1000);
  return apart <= MOST_APART_MS ? 'valid' : 'outdated';
}

/** Why a secret is none of Standard Webhooks. @internal */
export function refuseStandardSecret(secret: string): string | undefined {
  try {
    return new Webhook(secret) && undefined;
  } catch {
    return "must be base64, behind 'whsec_' as Standard Webhooks writes it";
  }
}

/** In a time that does not depend on how much of it is right; digests make both equally long. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
