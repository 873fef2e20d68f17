import {
  GoldenPathWebhookSenderExtensionPoint,
  WebhookSender,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { builtInSenders } from './builtInSenders';

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The senders of webhooks: the built-in ones and those other modules add. @internal */
export class WebhookRegistry implements GoldenPathWebhookSenderExtensionPoint {
  readonly #senders = new Map(
    builtInSenders.map(sender => [sender.id, sender]),
  );

  addWebhookSender(sender: WebhookSender): void {
    if (!ID.test(sender.id)) {
      throw new Error(
        `The sender '${sender.id}' must be named with lower-case letters, digits and single hyphens`,
      );
    }
    if (this.#senders.has(sender.id)) {
      throw new Error(`There is already a sender '${sender.id}'`);
    }
    this.#senders.set(sender.id, sender);
  }

  get(id: string): WebhookSender | undefined {
    return this.#senders.get(id);
  }

  ids(): string[] {
    return [...this.#senders.keys()].sort();
  }
}
