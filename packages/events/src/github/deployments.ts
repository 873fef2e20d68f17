import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { isHotfix } from '../changeText';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import { readDeploymentPayload } from './deploymentPayload';
import {
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
  shaSchema,
} from './repository';

const deploymentStatusSchema = z.looseObject({
  action: z.string(),
  deployment_status: z.looseObject({
    id: z.int(),
    state: z.string(),
    created_at: instantSchema,
    environment: optionalTextSchema,
    target_url: optionalTextSchema,
    log_url: optionalTextSchema,
  }),
  deployment: z.looseObject({
    id: z.int(),
    sha: shaSchema,
    ref: optionalTextSchema,
    environment: z.string().min(1),
    created_at: instantSchema,
    payload: z.unknown().optional(),
    production_environment: z.boolean().optional(),
  }),
  workflow_run: z.looseObject({ event: z.string().optional() }).nullish(),
  repository: repositorySchema,
});

/** States of a deployment that is still under way. */
const PENDING = ['pending', 'queued', 'in_progress', 'waiting'];

/**
 * `deployment_status`: success is `service.deployed`, failure and error are `pipelinerun.finished` with the outcome. The
 * deployment's own id is the key under which its attempts are one.
 */
export function translateDeploymentStatus(body: unknown): Translation {
  const message = readMessage(
    deploymentStatusSchema,
    body,
    'GitHub deployment_status',
  );
  const { deployment, deployment_status: status } = message;
  const { state } = status;
  if (state === 'inactive') {
    return skip(
      'deployment_status inactive',
      'a newer deployment took its place, which is no result of this one',
    );
  }
  if (PENDING.includes(state)) {
    return skip(`deployment_status ${state}`, 'the deployment is under way');
  }
  if (state !== 'success' && state !== 'failure' && state !== 'error') {
    return skip('deployment_status', `its state '${state}' is not known`);
  }
  const said = readDeploymentPayload(deployment.payload);
  const { source, repository } = repositoryOf(message.repository);
  const service = said.service ?? repository.id;
  const environment = {
    id: status.environment ?? deployment.environment,
    source: repository.source,
  };
  const kind =
    said.kind ?? (isHotfix(deployment.ref, []) ? 'hotfix' : undefined);
  const goldenPath = {
    entityRef: said.entityRef,
    deploymentId: String(deployment.id),
    sha: deployment.sha,
    kind,
    rollbackOf: said.rollbackOf,
    fixes: said.fixes,
    startedAt: deployment.created_at.toISOString(),
    trigger:
      message.workflow_run?.event === 'workflow_dispatch'
        ? ('manual' as const)
        : undefined,
    url: status.log_url ?? status.target_url,
  };
  const shared = {
    source,
    identity: ['deployment_status', status.id],
    at: status.created_at,
    chainId: undefined,
  };
  if (state === 'success') {
    return translated(
      cdeventBody({
        ...shared,
        name: 'service.deployed',
        subject: {
          id: service,
          source: repository.source,
          content: { environment, repository, artifactId: said.artifactId },
        },
        goldenPath,
      }),
    );
  }
  return translated(
    cdeventBody({
      ...shared,
      name: 'pipelinerun.finished',
      subject: {
        id: deployment.id,
        source: repository.source,
        content: {
          environment,
          repository,
          ...(said.service && { service: { id: said.service } }),
          artifactId: said.artifactId,
          pipelineName: 'deployment',
          outcome: state,
        },
      },
      goldenPath: { ...goldenPath, outcome: 'failure' },
    }),
  );
}
