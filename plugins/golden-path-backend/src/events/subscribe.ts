import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  REPOSITORY_PUSHED_TOPIC,
  repositoryPushedSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { EntityStore } from '../database/EntityStore';
import { describeError } from '../service/describeError';
import { WorkQueue } from '../work/WorkQueue';

const SCAFFOLDER_TASK_TOPIC = 'scaffolder.task';

/**
 * Listens for what makes the next scan come early: a push to a repository queues its entities and those made from its
 * templates, and a finished scaffolder task starts a scan. Nothing is lost with an event that does not arrive, only
 * time.
 * @internal
 */
export async function subscribe(options: {
  events: EventsService;
  entities: EntityStore;
  queue: WorkQueue;
  logger: LoggerService;
  startScan(): Promise<void>;
  /** Has the templates under an address read again. */
  templatesPushed(url: string): Promise<unknown>;
}): Promise<void> {
  const { events, entities, queue, logger, startScan } = options;
  await events.subscribe({
    id: 'repository-pushed',
    topics: [REPOSITORY_PUSHED_TOPIC],
    async onEvent({ eventPayload }) {
      const push = repositoryPushedSchema.safeParse(eventPayload);
      if (!push.success) {
        logger.warn(
          `A ${REPOSITORY_PUSHED_TOPIC} event is not what it should be: ${push.error.message}`,
        );
        return;
      }
      const refs = await entities.atSource(push.data.url);
      await queue.enqueue(refs, 'repository-pushed');
      await options.templatesPushed(push.data.url);
    },
  });
  await events.subscribe({
    id: 'scaffolder-task',
    topics: [SCAFFOLDER_TASK_TOPIC],
    async onEvent({ eventPayload }) {
      const { status } = (eventPayload ?? {}) as { status?: string };
      if (status !== 'completed') {
        return;
      }
      await startScan().catch(error =>
        logger.debug(`The scan was not started: ${describeError(error)}`),
      );
    },
  });
}
