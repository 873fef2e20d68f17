import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import {
  REPOSITORY_PUSHED_TOPIC,
  RepositoryPushed,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { addressesOf } from '../addresses';
import { repositoryFolder } from '../git/repositoryFolder';
import { ChangeRequestWatcher } from './ChangeRequestWatcher';
import { BranchChange, PushObserver } from './PushObserver';

/** What a PushReceiver needs. */
export interface PushReceiverOptions {
  directory: string;
  pluginUrl: string;
  observer: PushObserver;
  /** Told which repository a push changed, before that is announced. */
  watcher: Pick<ChangeRequestWatcher, 'begin' | 'look'>;
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
   * @param options.pushedBy - entity reference of a user, or `plugin:<id>`
   * @param options.push - does the work, and returns once git is done with the repository
   */
  async receive<T>(options: {
    name: string;
    pushedBy: string;
    push: () => Promise<T>;
  }): Promise<T> {
    const { name, pushedBy, push } = options;
    const { directory, observer, watcher, logger } = this.#options;
    const end = await observer.begin(repositoryFolder({ directory, name }));
    const leave = watcher.begin(name);
    try {
      return await push();
    } finally {
      try {
        const changes = await end();
        await this.#record({ name, pushedBy, changes });
        await this.#lookAtRequests({ name, pushedBy, changes });
        await this.#announce({ name, changes });
      } catch (error) {
        logger.error(`A push to '${name}' was not announced`, toError(error));
      } finally {
        leave();
      }
    }
  }

  async #lookAtRequests(options: {
    name: string;
    pushedBy: string;
    changes: BranchChange[];
  }): Promise<void> {
    const { name, pushedBy, changes } = options;
    const { watcher, logger } = this.#options;
    if (changes.length > 0) {
      try {
        await watcher.look({ name, pushedBy });
      } catch (error) {
        // The next look at the requests finds out the same
        logger.warn(
          `What a push to '${name}' means to its change requests was not found out`,
          toError(error),
        );
      }
    }
  }

  async #record(options: {
    name: string;
    pushedBy: string;
    changes: BranchChange[];
  }): Promise<void> {
    const { name, pushedBy, changes } = options;
    if (changes.length > 0) {
      const event = await this.#options.auditor.createEvent({
        eventId: 'repository-push',
        severityLevel: 'medium',
        meta: {
          repository: name,
          pushedBy,
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
