import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** A request to a webhook as it came. @public */
export interface WebhookRequest {
  /** By lower-case name. */
  headers: Record<string, string | undefined>;
  /** The body byte by byte: what signatures are made over. */
  rawBody: Buffer;
  receivedAt: Date;
}

/**
 * What a request proves with one secret.
 *
 * `valid`: the sender knows the secret. `missing`: there is no proof at all. `wrong`: the proof was made with another
 * secret or over another body. `outdated`: the proof is right, and too old or from the future.
 * @public
 */
export type WebhookProof = 'valid' | 'missing' | 'wrong' | 'outdated';

/** What became of a message of a sender. @public */
export interface WebhookTranslation {
  /** Bodies of CDEvents. The same message again must give the same ids. */
  events: unknown[];
  /** What of the message became no event, and why. */
  skipped: { what: string; reason: string }[];
}

/**
 * A tool that reports what happened by calling `POST /api/golden-path/v1/webhooks/{id}`.
 *
 * @remarks
 * Its secrets are under `goldenPath.webhooks.<id>.secrets`. Without one every request is refused.
 * @public
 */
export interface WebhookSender {
  /** Lower-case letters, digits and hyphens; part of the address. */
  readonly id: string;
  /**
   * Whether a request proves that it comes from the sender. Called once for each secret. Secrets and signatures must be
   * compared in constant time (`timingSafeEqual`).
   */
  verify(request: WebhookRequest, secret: string): WebhookProof;
  /**
   * What tells this message from others, so that the same again has no effect. Without it, or without a result, the
   * digest of the body does.
   */
  deliveryId?(request: WebhookRequest): string | undefined;
  /** Why a secret cannot be used, without repeating it; asked when the backend starts. */
  refuseSecret?(secret: string): string | undefined;
  /**
   * Reads the message out of the body; by default the body is JSON. Throws an error that says what is wrong with it.
   */
  parse?(request: WebhookRequest): unknown;
  /**
   * Turns a message into delivery events. Messages of a kind it does not know are skipped with a reason; one that is
   * not what it says it is throws an error whose message names the field.
   */
  translate(message: {
    headers: Record<string, string | undefined>;
    body: unknown;
    receivedAt: Date;
  }): WebhookTranslation;
}

/** Adds senders of webhooks to the Golden Path backend. @public */
export interface GoldenPathWebhookSenderExtensionPoint {
  /** Throws when the id is not one that an address can hold, or is taken by another sender. */
  addWebhookSender(sender: WebhookSender): void;
}

/** @public */
export const goldenPathWebhookSenderExtensionPoint =
  createExtensionPoint<GoldenPathWebhookSenderExtensionPoint>({
    id: 'golden-path.webhook-sender',
  });
