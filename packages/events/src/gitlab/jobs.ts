import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import {
  optionalTextSchema,
  projectPlace,
  projectSchema,
  shaSchema,
} from './project';

const jobSchema = z.looseObject({
  build_id: z.int(),
  build_status: z.string(),
  sha: shaSchema,
  retries_count: z.int().nonnegative().nullish(),
  environment: z
    .union([
      z.looseObject({ name: z.string().min(1) }),
      z
        .string()
        .min(1)
        .transform(name => ({ name })),
    ])
    .nullish()
    .catch(undefined),
  project: projectSchema.optional(),
  repository: z.looseObject({ homepage: optionalTextSchema }).nullish(),
});

/** Older versions name the project by the address of its repository alone. */
function placeOf({ project, repository }: z.infer<typeof jobSchema>) {
  if (project) {
    return projectPlace(project);
  }
  const url = repository?.homepage;
  const path = url === undefined ? undefined : URL.parse(url)?.pathname;
  return url === undefined || path === undefined || path.length < 2
    ? undefined
    : projectPlace({ path_with_namespace: path.slice(1), web_url: url });
}

/**
 * Job events: a manual job with an environment begins to wait for somebody. When it was let go, and whether jobs were
 * retried, is read from its pipeline.
 */
export function translateJob(body: unknown, receivedAt: Date): Translation {
  const message = readMessage(jobSchema, body, 'GitLab Job');
  const { build_status: status, environment } = message;
  const what = `job ${status.slice(0, 100)}`;
  if (status !== 'manual') {
    return skip(what, 'how jobs go on and end is read from their pipeline');
  }
  if (!environment) {
    return skip(what, 'the job waits for somebody, but for no environment');
  }
  const place = placeOf(message);
  if (!place) {
    return skip(what, 'it names no project');
  }
  const { source, repository } = place;
  return translated(
    cdeventBody({
      name: 'approval.created',
      source,
      identity: ['job', message.build_id, 'manual'],
      // GitLab names no time at which a job began to wait.
      at: receivedAt,
      subject: {
        id: `job/${message.build_id}`,
        source: repository.source,
        content: {
          repository,
          environment: { id: environment.name, source: repository.source },
        },
      },
      goldenPath: { sha: message.sha },
    }),
  );
}
