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

const jobRunSchema = z.looseObject({
  id: z.int(),
  environment: optionalTextSchema,
  updated_at: instantSchema.nullish(),
});

const deploymentReviewSchema = z.looseObject({
  action: z.string(),
  since: instantSchema,
  environment: optionalTextSchema,
  workflow_run: z
    .looseObject({
      id: z.int(),
      head_sha: shaSchema,
      run_attempt: z.int().positive().optional(),
      html_url: optionalTextSchema,
    })
    .nullish(),
  workflow_job_run: jobRunSchema.nullish(),
  workflow_job_runs: z.array(jobRunSchema).max(500).nullish(),
  repository: repositorySchema,
});

const workflowJobSchema = z.looseObject({
  action: z.string(),
  workflow_job: z.looseObject({
    id: z.int(),
    run_id: z.int(),
    run_attempt: z.int().positive().optional(),
    head_sha: shaSchema,
    html_url: optionalTextSchema,
    created_at: instantSchema,
    started_at: instantSchema,
  }),
  deployment: z.looseObject({ environment: z.string().min(1) }).nullish(),
  repository: repositorySchema,
});

/** One environment of one attempt of a run is one approval, whichever of its jobs waits for it. */
function approvalId(
  run: number | undefined,
  attempt: number | undefined,
  environment: string | undefined,
): string {
  return [`run/${run ?? 'unknown'}`, `attempt/${attempt ?? 1}`, environment]
    .filter(part => part !== undefined)
    .join('/');
}

/** `deployment_review`: asked for, approved, rejected. Who did so is not read. */
export function translateDeploymentReview(body: unknown): Translation {
  const message = readMessage(
    deploymentReviewSchema,
    body,
    'GitHub deployment_review',
  );
  const { action, since, workflow_run: run } = message;
  if (!['requested', 'approved', 'rejected'].includes(action)) {
    return skip('deployment_review', `its action '${action}' is not known`);
  }
  if (!run) {
    return skip(
      `deployment_review ${action}`,
      'it names no workflow run, so that request and decision do not meet',
    );
  }
  const { source, repository } = repositoryOf(message.repository);
  const jobs = [
    ...(message.workflow_job_runs ?? []),
    ...(message.workflow_job_run ? [message.workflow_job_run] : []),
  ];
  // A decision moves its jobs on, so that the latest of all times is its own.
  const at = new Date(
    Math.max(
      since.getTime(),
      ...jobs.map(job => job.updated_at?.getTime() ?? since.getTime()),
    ),
  );
  const named = [message.environment, ...jobs.map(job => job.environment)];
  const environments = new Set(named.filter(name => name !== undefined));
  return translated(
    ...[...(environments.size === 0 ? [undefined] : environments)].map(
      environment => {
        const id = approvalId(run.id, run.run_attempt, environment);
        return cdeventBody({
          name: action === 'requested' ? 'approval.created' : 'approval.closed',
          source,
          identity: ['deployment_review', action, id],
          at: action === 'requested' ? since : at,
          subject: {
            id,
            source: repository.source,
            content: {
              repository,
              ...(environment && {
                environment: { id: environment, source: repository.source },
              }),
              approvalDetailsUrl: run.html_url,
              ...(action !== 'requested' && {
                decision: action,
                status: action,
              }),
            },
          },
          goldenPath: { sha: run.head_sha, url: run.html_url },
        });
      },
    ),
  );
}

/**
 * `workflow_job` as an approval: a job of an environment waits, then goes on. For accounts that send no
 * `deployment_review`; a wait timer looks the same here.
 */
export function translateWorkflowJob(
  body: unknown,
  asApproval: boolean,
): Translation {
  const message = readMessage(workflowJobSchema, body, 'GitHub workflow_job');
  const { action, workflow_job: job, deployment } = message;
  const what = `workflow_job ${action}`;
  if (action !== 'waiting' && action !== 'in_progress') {
    return skip(what, 'the end of its run is read from workflow_run');
  }
  if (!asApproval) {
    return skip(what, 'waiting for approval is read from deployment_review');
  }
  if (action === 'in_progress' && !deployment) {
    return skip(what, 'the job deploys to no environment');
  }
  const { source, repository } = repositoryOf(message.repository);
  const id = `job/${job.id}`;
  return translated(
    cdeventBody({
      name: action === 'waiting' ? 'approval.created' : 'approval.closed',
      source,
      identity: ['workflow_job', action, job.id],
      at: action === 'waiting' ? job.created_at : job.started_at,
      subject: {
        id,
        source: repository.source,
        content: {
          repository,
          ...(deployment && {
            environment: {
              id: deployment.environment,
              source: repository.source,
            },
          }),
          ...(action === 'in_progress' && {
            decision: 'approved',
            status: 'approved',
          }),
        },
      },
      goldenPath: { sha: job.head_sha, url: job.html_url },
    }),
  );
}
