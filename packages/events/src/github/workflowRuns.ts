import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import {
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
  shaSchema,
} from './repository';

const workflowRunSchema = z.looseObject({
  action: z.string(),
  workflow_run: z.looseObject({
    id: z.int(),
    run_attempt: z.int().positive().default(1),
    name: z.string().nullish(),
    path: optionalTextSchema,
    event: z.string(),
    conclusion: z.string().nullish(),
    head_sha: shaSchema,
    html_url: optionalTextSchema,
    created_at: instantSchema,
    run_started_at: instantSchema.nullish(),
    updated_at: instantSchema,
  }),
  repository: repositorySchema,
});

const OUTCOMES: Record<string, 'success' | 'failure' | 'cancel' | 'error'> = {
  success: 'success',
  failure: 'failure',
  timed_out: 'error',
  startup_failure: 'error',
  cancelled: 'cancel',
};

/**
 * `workflow_run` completed: a run of a pipeline, which is no deployment. A run that was skipped, or waits for somebody,
 * has no outcome.
 */
export function translateWorkflowRun(body: unknown): Translation {
  const message = readMessage(workflowRunSchema, body, 'GitHub workflow_run');
  const { action, workflow_run: run } = message;
  if (action !== 'completed') {
    return skip(`workflow_run ${action}`, 'the run is under way');
  }
  const conclusion = run.conclusion ?? 'none';
  const outcome = Object.hasOwn(OUTCOMES, conclusion)
    ? OUTCOMES[conclusion]
    : undefined;
  if (outcome === undefined) {
    return skip(
      'workflow_run completed',
      `its conclusion '${conclusion}' is no outcome`,
    );
  }
  const { source, repository } = repositoryOf(message.repository);
  return translated(
    cdeventBody({
      name: 'pipelinerun.finished',
      source,
      identity: ['workflow_run', run.id, 'attempt', run.run_attempt],
      at: run.updated_at,
      subject: {
        id: run.id,
        source: repository.source,
        content: {
          repository,
          // The file's path names the workflow; its title may hold that of a change.
          pipelineName: run.path ?? (run.name || undefined),
          uri: run.html_url,
          outcome,
        },
      },
      goldenPath: {
        sha: run.head_sha,
        attempt: run.run_attempt,
        startedAt: (run.run_started_at ?? run.created_at).toISOString(),
        trigger: run.event === 'workflow_dispatch' ? 'manual' : 'automatic',
        url: run.html_url,
      },
    }),
  );
}
