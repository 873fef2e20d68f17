import { EventsService } from '@backstage/plugin-events-node';
import {
  REPOSITORY_PUSHED_TOPIC,
  repositoryPushedSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { UpdateFollower } from './UpdateFollower';

const LONGEST_MS = 60_000;

/** Lets the requests of a repository be looked at as soon as it is pushed to: a merge is a push. @internal */
export async function subscribeToPushes(options: {
  events: EventsService;
  follower: UpdateFollower;
}): Promise<void> {
  const { events, follower } = options;
  await events.subscribe({
    id: 'update-requests',
    topics: [REPOSITORY_PUSHED_TOPIC],
    async onEvent({ eventPayload }) {
      const push = repositoryPushedSchema.safeParse(eventPayload);
      if (push.success) {
        await follower.followAt(push.data.url, AbortSignal.timeout(LONGEST_MS));
      }
    },
  });
}
