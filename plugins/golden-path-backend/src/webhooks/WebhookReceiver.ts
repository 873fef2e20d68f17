import { createHash } from 'node:crypto';
import { AuditorService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ReportResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  WebhookProof,
  WebhookRequest,
  WebhookSender,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { DeliveryStore } from '../database/DeliveryStore';
import { SenderConfig } from '../events/config';
import {
  EnvironmentAliases,
  EnvironmentNames,
} from '../events/EnvironmentNames';
import { EventIngest } from '../events/EventIngest';
import { parseJsonBody } from './messageBodies';
import { RefusalLog } from './RefusalLog';
import { WebhookRegistry } from './WebhookRegistry';
import { withEntity } from './withEntity';

const MOST_EVENTS = 5_000;
const LONGEST_DELIVERY_ID = 500;

type WebhookMessage = Parameters<WebhookSender['translate']>[0];

const REFUSALS: Record<Exclude<WebhookProof, 'valid'>, string> = {
  missing: 'it carries no proof of its origin',
  wrong: 'its proof of origin fits none of the configured secrets',
  outdated:
    'it was signed more than five minutes away from the time here; check the clocks, or send it anew',
};

/**
 * Takes messages of other tools: proves where they come from, makes delivery events of them and keeps those once. The
 * catalog is not asked, as some senders give up within seconds: an event whose entity is not known from a scan is
 * attached after the next one.
 * @internal
 */
export class WebhookReceiver {
  readonly #registry: WebhookRegistry;
  readonly #ingest: EventIngest;
  readonly #deliveries: DeliveryStore;
  readonly #auditor: AuditorService;
  readonly #config: Record<string, SenderConfig>;
  readonly #environments: EnvironmentAliases;
  readonly #refusals: RefusalLog;
  readonly #now: () => Date;

  /** Throws an `InputError` for a configured secret that the sender cannot have. */
  constructor(options: {
    registry: WebhookRegistry;
    ingest: EventIngest;
    deliveries: DeliveryStore;
    auditor: AuditorService;
    config: Record<string, SenderConfig>;
    environments: EnvironmentAliases;
    refusals: RefusalLog;
    now?: () => Date;
  }) {
    this.#registry = options.registry;
    this.#ingest = options.ingest;
    this.#deliveries = options.deliveries;
    this.#auditor = options.auditor;
    this.#config = options.config;
    this.#environments = options.environments;
    this.#refusals = options.refusals;
    this.#now = options.now ?? (() => new Date());
    checkSecrets(this.#registry, this.#config);
  }

  /**
   * The sender of an id, when messages of it are taken at all. Asked before a body is read.
   *
   * Throws a `NotFoundError` for one that is not known, a `NotAllowedError` for one without a secret in force.
   */
  sender(id: string): WebhookSender {
    const sender = this.#registry.get(id);
    if (!sender) {
      throw new NotFoundError(
        `There is no webhook '${id}'; known are ${this.#registry
          .ids()
          .join(', ')}`,
      );
    }
    if (this.#secrets(id).inForce.length === 0) {
      this.#refusals.refused(id, 'no secret in force');
      throw new NotAllowedError(
        `Webhooks of '${id}' are not taken: configure goldenPath.webhooks.${id}.secrets with a secret that is still valid`,
      );
    }
    return sender;
  }

  /**
   * Takes a message from the outside. Resolves once its events are durable. Throws an `AuthenticationError` without
   * proof of its origin, and an `InputError` for a message that is not what its sender sends.
   */
  async receive(
    id: string,
    request: Omit<WebhookRequest, 'receivedAt'>,
  ): Promise<ReportResponse> {
    const sender = this.sender(id);
    const message = { ...request, receivedAt: this.#now() };
    this.#prove(sender, message);
    const { headers, receivedAt } = message;
    const body = (sender.parse ?? parseJsonBody)(message);
    return this.#take(sender, message, { headers, body, receivedAt });
  }

  /**
   * Takes a message whose origin was proven elsewhere, as by the events service. The same delivery id again has no
   * effect, whichever way it comes.
   */
  async take(id: string, message: WebhookMessage): Promise<ReportResponse> {
    const sender = this.#registry.get(id);
    if (!sender) {
      throw new NotFoundError(`There is no webhook '${id}'`);
    }
    const rawBody = Buffer.from(JSON.stringify(message.body) ?? '');
    return this.#take(sender, { ...message, rawBody }, message);
  }

  async #take(
    sender: WebhookSender,
    request: WebhookRequest,
    message: WebhookMessage,
  ): Promise<ReportResponse> {
    const delivery = { sender: sender.id, id: deliveryIdOf(sender, request) };
    const event = await this.#auditor.createEvent({
      eventId: 'webhook-ingest',
      severityLevel: 'medium',
      meta: { sender: sender.id, delivery: delivery.id },
    });
    try {
      const reply = await this.#keep(sender, message, delivery);
      const { accepted, duplicates, entityRefs, skipped } = reply;
      await event.success({
        meta: { accepted, duplicates, entityRefs, skipped: skipped.length },
      });
      return reply;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  async #keep(
    sender: WebhookSender,
    message: WebhookMessage,
    delivery: { sender: string; id: string },
  ): Promise<ReportResponse> {
    const known = await this.#deliveries.taken(delivery.sender, delivery.id);
    if (known !== undefined) {
      return { accepted: 0, duplicates: known, entityRefs: [], skipped: [] };
    }
    const { events, skipped } = translate(sender, message);
    const { entityRef, environments } = this.#settings(sender.id);
    const { accepted, duplicates, entityRefs } = await this.#ingest.take(
      entityRef === undefined
        ? events
        : events.map(body => withEntity(body, entityRef)),
      { as: 'hints', delivery, environments },
    );
    return { accepted, duplicates, entityRefs, skipped };
  }

  #settings(id: string) {
    const config = this.#config[id];
    return {
      entityRef: config?.entityRef,
      environments:
        config && new EnvironmentNames(config.environments, this.#environments),
    };
  }

  #prove(sender: WebhookSender, request: WebhookRequest): void {
    const { inForce, expired } = this.#secrets(sender.id);
    const proofs = inForce.map(secret => sender.verify(request, secret));
    if (proofs.includes('valid')) {
      return;
    }
    const isExpired = expired.some(
      secret => sender.verify(request, secret) === 'valid',
    );
    const proof =
      (['outdated', 'wrong'] as const).find(one => proofs.includes(one)) ??
      'missing';
    this.#refusals.refused(
      sender.id,
      isExpired ? 'signed with an expired secret' : `proof ${proof}`,
    );
    throw new AuthenticationError(
      `The message of '${sender.id}' is refused: ${
        isExpired
          ? 'its secret is no longer valid; set the newer one at the sender'
          : REFUSALS[proof as keyof typeof REFUSALS]
      }`,
    );
  }

  #secrets(id: string): { inForce: string[]; expired: string[] } {
    const now = this.#now();
    const all = this.#config[id]?.secrets ?? [];
    const isInForce = ({ validUntil }: (typeof all)[number]) =>
      validUntil === undefined || validUntil > now;
    return {
      inForce: all.filter(isInForce).map(({ secret }) => secret),
      expired: all.filter(one => !isInForce(one)).map(({ secret }) => secret),
    };
  }
}

function translate(sender: WebhookSender, message: WebhookMessage) {
  let translation;
  try {
    translation = sender.translate(message);
  } catch (error) {
    const { name, message: reason } = error as Error;
    if (name === 'TranslationError' || name === 'InputError') {
      throw new InputError(`The message of '${sender.id}': ${reason}`);
    }
    throw error;
  }
  if (translation.events.length > MOST_EVENTS) {
    throw new InputError(
      `The message of '${sender.id}' holds ${translation.events.length} events, and at most ${MOST_EVENTS} are taken at once`,
    );
  }
  return translation;
}

/** What a sender calls the message, as far as it fits into an index; else the digest of the body. */
function deliveryIdOf(sender: WebhookSender, request: WebhookRequest): string {
  const id = sender.deliveryId?.(request);
  if (!id) {
    return createHash('sha256').update(request.rawBody).digest('hex');
  }
  return id.length <= LONGEST_DELIVERY_ID && /^[\x20-\x7e]*$/.test(id)
    ? id
    : createHash('sha256').update(id).digest('hex');
}

function checkSecrets(
  registry: WebhookRegistry,
  config: Record<string, SenderConfig>,
): void {
  for (const [id, { secrets }] of Object.entries(config)) {
    const sender = registry.get(id);
    if (!sender) {
      throw new InputError(
        `goldenPath.webhooks.${id} is not a sender; known are ${registry
          .ids()
          .join(', ')}`,
      );
    }
    secrets.forEach(({ secret }, index) => {
      const reason =
        secret.trim() === ''
          ? 'must not be empty'
          : sender.refuseSecret?.(secret);
      if (reason) {
        throw new InputError(
          `goldenPath.webhooks.${id}.secrets[${index}].secret ${reason}`,
        );
      }
    });
  }
}
