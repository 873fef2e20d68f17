import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import {
  REPOSITORY_PUSHED_TOPIC,
  RepositoryPushed,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { addressesOf } from '../addresses';
import { repositoryFolder } from '../git/repositoryFolder';
import { BranchChange, PushObserver } from './PushObserver';

/** What a PushReceiver needs. */
export interface PushReceiverOptions {
  directory: string;
  pluginUrl: string;
  observer: PushObserver;
  events: EventsService;
  auditor: AuditorService;
  logger: LoggerService;
}

/** Takes pushes in, records them and announces every branch that changed. */
export class PushReceiver {
  readonly #options: PushReceiverOptions;

  constructor(options: PushReceiverOptions) {
    this.#options = options;
  }

  /**
   * Runs one push. What it changed is announced even when the push failed halfway; an announcement that fails is
   * logged and does not spoil the push.
   *
   * @param options.push - serves the request, and returns once git is done with the repository
   */
  async receive(options: {
    name: string;
    userEntityRef: string;
    push: () => Promise<void>;
  }): Promise<void> {
    const { name, userEntityRef, push } = options;
    const { directory, observer, logger } = this.#options;
    const end = await observer.begin(repositoryFolder({ directory, name }));
    try {
      await push();
    } finally {
      try {
        const changes = await end();
        await this.#record({ name, userEntityRef, changes });
        await this.#announce({ name, changes });
      } catch (error) {
        logger.error(`A push to '${name}' was not announced`, toError(error));
      }
    }
  }

  async #record(options: {
    name: string;
    userEntityRef: string;
    changes: BranchChange[];
  }): Promise<void> {
    const { name, userEntityRef, changes } = options;
    if (changes.length > 0) {
      const event = await this.#options.auditor.createEvent({
        eventId: 'repository-push',
        severityLevel: 'medium',
        meta: {
          repository: name,
          pushedBy: userEntityRef,
          changes: changes.map(change => ({ ...change })),
        },
      });
      await event.success();
    }
  }

  async #announce(options: {
    name: string;
    changes: BranchChange[];
  }): Promise<void> {
    const { name, changes } = options;
    const { pluginUrl, events } = this.#options;
    const { filesUrl } = addressesOf({ pluginUrl, name });
    for (const change of changes) {
      const eventPayload: RepositoryPushed = {
        repository: name,
        url: filesUrl,
        ...change,
      };
      await events.publish({ topic: REPOSITORY_PUSHED_TOPIC, eventPayload });
    }
  }
}
