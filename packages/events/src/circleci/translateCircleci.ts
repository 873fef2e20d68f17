import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
  type WebhookDelivery,
} from '../translation';

const envelopeSchema = z.looseObject({ type: z.string().min(1) });

const workflowSchema = z.looseObject({
  id: z.string().min(1),
  happened_at: instantSchema,
  project: z.looseObject({ slug: z.string().min(1).max(500) }),
  workflow: z.looseObject({
    id: z.string().min(1),
    name: z.string().min(1),
    status: z.string(),
    created_at: instantSchema.nullish(),
    stopped_at: instantSchema.nullish(),
    url: z.string().nullish(),
  }),
  pipeline: z.looseObject({
    id: z.string().min(1),
    trigger: z.looseObject({ type: z.string() }).nullish(),
    vcs: z
      .looseObject({
        revision: z.string().nullish(),
        origin_repository_url: z.string().nullish(),
        target_repository_url: z.string().nullish(),
      })
      .nullish(),
    trigger_parameters: z
      .looseObject({
        git: z
          .looseObject({
            checkout_sha: z.string().nullish(),
            repo_url: z.string().nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
});

const OUTCOMES: Record<string, 'success' | 'failure' | 'error' | 'cancel'> = {
  success: 'success',
  failed: 'failure',
  error: 'error',
  canceled: 'cancel',
};

function repositoryOf(
  address: string | null | undefined,
  slug: string,
): { id: string; source?: string } {
  const url = address ? URL.parse(address) : null;
  const id = url?.pathname.replace(/^\/|(?:\.git)?\/?$/g, '');
  return url && id
    ? { id, source: url.origin }
    : { id: slug.replace(/^[^/]+\//, '') };
}

/**
 * Translates a delivery of CircleCI's outbound webhook: `workflow-completed` is the end of a run, which is no deployment.
 * A workflow that is run again has another id there, so that the attempt is not known.
 *
 * @throws TranslationError for a message that is not what its type says.
 *
 * @public
 */
export function translateCircleci({ body }: WebhookDelivery): Translation {
  const { type } = readMessage(envelopeSchema, body, 'CircleCI');
  if (type !== 'workflow-completed') {
    return skip(type.slice(0, 100), 'runs are read from workflow-completed');
  }
  const {
    happened_at: happenedAt,
    project,
    workflow,
    pipeline,
  } = readMessage(workflowSchema, body, 'CircleCI workflow-completed');
  const outcome = Object.hasOwn(OUTCOMES, workflow.status)
    ? OUTCOMES[workflow.status]
    : undefined;
  if (outcome === undefined) {
    return skip(
      'workflow-completed',
      `its status '${workflow.status.slice(0, 100)}' is no outcome`,
    );
  }
  const { vcs, trigger_parameters: parameters, trigger } = pipeline;
  const sha = vcs?.revision ?? parameters?.git?.checkout_sha ?? undefined;
  const source = `https://circleci.com/${project.slug}`;
  const url = workflow.url ?? undefined;
  return translated(
    cdeventBody({
      name: 'pipelinerun.finished',
      source,
      identity: ['workflow', workflow.id],
      at: workflow.stopped_at ?? happenedAt,
      subject: {
        id: workflow.id,
        source,
        content: {
          repository: repositoryOf(
            vcs?.target_repository_url ??
              vcs?.origin_repository_url ??
              parameters?.git?.repo_url,
            project.slug,
          ),
          pipelineName: workflow.name,
          uri: url,
          outcome,
        },
      },
      chainId: pipeline.id,
      goldenPath: {
        sha: sha || undefined,
        startedAt: workflow.created_at?.toISOString(),
        // Both ways to start by hand: from its pages, and through its API with a token.
        trigger: ['api', 'unknown'].includes(trigger?.type ?? 'unknown')
          ? undefined
          : 'automatic',
        url: url || undefined,
      },
    }),
  );
}
