import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { isHotfix } from '../changeText';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import { gitlabInstantSchema } from './gitlabInstant';
import { optionalTextSchema, projectPlace, projectSchema } from './project';

const deploymentSchema = z.looseObject({
  status: z.string(),
  status_changed_at: gitlabInstantSchema,
  deployment_id: z.int(),
  deployable_id: z.int().nullish(),
  deployable_url: optionalTextSchema,
  environment: z.string().min(1),
  ref: optionalTextSchema,
  short_sha: optionalTextSchema,
  commit_url: optionalTextSchema,
  project: projectSchema,
});

/** The message shortens the commit's id, but names it in full in the commit's address. */
function shaOf({
  commit_url: url,
  short_sha: short,
}: z.infer<typeof deploymentSchema>): string | undefined {
  return /\/commit\/([0-9a-f]{40,64})$/i.exec(url ?? '')?.[1] ?? short;
}

/**
 * Deployment events: success is `service.deployed`, failed is `pipelinerun.finished` with the outcome. A job that is
 * retried makes a deployment of its own in GitLab, which is none of ours: the same commit in the same environment failed
 * and was tried again, but GitLab does not say of which deployment.
 */
export function translateDeployment(body: unknown): Translation {
  const message = readMessage(deploymentSchema, body, 'GitLab Deployment');
  const { status, environment: name } = message;
  if (['created', 'running', 'blocked', 'skipped'].includes(status)) {
    return skip(`deployment ${status}`, 'the deployment has not ended');
  }
  if (status !== 'success' && status !== 'failed' && status !== 'canceled') {
    return skip('deployment', `its status '${status}' is not known`);
  }
  const { source, repository } = projectPlace(message.project);
  const environment = { id: name, source: repository.source };
  const goldenPath = {
    deploymentId: String(message.deployment_id),
    sha: shaOf(message),
    kind: isHotfix(message.ref, []) ? ('hotfix' as const) : undefined,
    url: message.deployable_url,
  };
  const shared = {
    source,
    identity: ['deployment', message.deployment_id, status],
    at: message.status_changed_at,
  };
  return translated(
    status === 'success'
      ? cdeventBody({
          ...shared,
          name: 'service.deployed',
          subject: {
            id: repository.id,
            source: repository.source,
            content: { environment, repository },
          },
          goldenPath,
        })
      : cdeventBody({
          ...shared,
          name: 'pipelinerun.finished',
          subject: {
            id: message.deployment_id,
            source: repository.source,
            content: {
              environment,
              repository,
              pipelineName: 'deployment',
              outcome: status === 'failed' ? 'failure' : 'cancel',
            },
          },
          goldenPath,
        }),
  );
}
