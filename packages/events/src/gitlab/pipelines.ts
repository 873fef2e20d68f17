import { z } from 'zod';
import { cdeventBody, type CdeventBody } from '../cdeventBody';
import { readMessage, type Translation } from '../translation';
import { gitlabInstantSchema } from './gitlabInstant';
import {
  optionalTextSchema,
  projectPlace,
  projectSchema,
  shaSchema,
} from './project';

const buildSchema = z.looseObject({
  id: z.int(),
  name: z.string().optional(),
  status: z.string(),
  manual: z.boolean().optional(),
  when: z.string().nullish(),
  created_at: gitlabInstantSchema.nullish(),
  started_at: gitlabInstantSchema.nullish(),
  environment: z
    .looseObject({ name: z.string().min(1) })
    .nullish()
    .catch(undefined),
});

const pipelineSchema = z.looseObject({
  object_attributes: z.looseObject({
    id: z.int(),
    sha: shaSchema,
    name: optionalTextSchema,
    source: optionalTextSchema,
    status: z.string(),
    created_at: gitlabInstantSchema,
    finished_at: gitlabInstantSchema.nullish(),
    url: optionalTextSchema,
  }),
  builds: z.array(buildSchema).max(5_000).default([]),
  project: projectSchema,
});

type Pipeline = z.infer<typeof pipelineSchema>;
type Build = z.infer<typeof buildSchema>;

const OUTCOMES: Record<string, 'success' | 'failure' | 'cancel'> = {
  success: 'success',
  failed: 'failure',
  canceled: 'cancel',
};

/** Sources of a pipeline that somebody started by hand. */
const MANUAL_SOURCES = ['web', 'webide', 'chat'];

/** Jobs are made with their pipeline; one made after the first had begun to run is made by a retry. */
function retriedBuilds(builds: readonly Build[]): Build[] {
  const starts = builds
    .map(build => build.started_at?.getTime())
    .filter(start => start !== undefined);
  const firstStart = Math.min(...starts);
  return builds.filter(
    ({ created_at: made }) => made && made.getTime() > firstStart,
  );
}

function runBody(
  { object_attributes: run, builds, project }: Pipeline,
  outcome: 'success' | 'failure' | 'cancel',
  receivedAt: Date,
): CdeventBody {
  const { source, repository } = projectPlace(project);
  const retried = retriedBuilds(builds);
  const startedAt = retried.reduce(
    (first, { created_at: made }) =>
      Math.min(first, made?.getTime() ?? Infinity),
    retried.length === 0 ? run.created_at.getTime() : Infinity,
  );
  return cdeventBody({
    name: 'pipelinerun.finished',
    source,
    // A retried pipeline ends again, at another time, under the same id.
    identity: ['pipeline', run.id, run.finished_at?.getTime() ?? run.status],
    at: run.finished_at ?? receivedAt,
    subject: {
      id: run.id,
      source: repository.source,
      content: {
        repository,
        pipelineName: run.name ?? run.source,
        uri: run.url,
        outcome,
      },
    },
    goldenPath: {
      sha: run.sha,
      // How many retries there were is not said: 2 stands for two or more.
      attempt: retried.length === 0 ? 1 : 2,
      startedAt: new Date(startedAt).toISOString(),
      trigger: MANUAL_SOURCES.includes(run.source ?? '')
        ? 'manual'
        : 'automatic',
      url: run.url,
    },
  });
}

/** A manual job with an environment that went on: the end of what its `manual` status began. */
function approvalBody(
  build: Build,
  at: Date,
  { object_attributes: run, project }: Pipeline,
): CdeventBody {
  const { source, repository } = projectPlace(project);
  return cdeventBody({
    name: 'approval.closed',
    source,
    identity: ['job', build.id, 'released'],
    at,
    subject: {
      id: `job/${build.id}`,
      source: repository.source,
      content: {
        repository,
        ...(build.environment && {
          environment: {
            id: build.environment.name,
            source: repository.source,
          },
        }),
        decision: 'approved',
        status: 'approved',
      },
    },
    goldenPath: { sha: run.sha, url: run.url },
  });
}

/**
 * Pipeline events: the end of a pipeline is the end of a run, which is no deployment, and its manual jobs with an
 * environment that were let go are approvals decided. A retry ends the same pipeline again as the next attempt.
 */
export function translatePipeline(
  body: unknown,
  receivedAt: Date,
): Translation {
  const message = readMessage(pipelineSchema, body, 'GitLab Pipeline');
  const { status } = message.object_attributes;
  const approvals = message.builds.flatMap(build =>
    (build.manual || build.when === 'manual') &&
    build.environment &&
    build.started_at
      ? [approvalBody(build, build.started_at, message)]
      : [],
  );
  const outcome = Object.hasOwn(OUTCOMES, status)
    ? OUTCOMES[status]
    : undefined;
  return outcome === undefined
    ? {
        events: approvals,
        skipped: [
          {
            what: `pipeline ${status.slice(0, 100)}`,
            reason: 'the pipeline has no outcome',
          },
        ],
      }
    : {
        events: [...approvals, runBody(message, outcome, receivedAt)],
        skipped: [],
      };
}
