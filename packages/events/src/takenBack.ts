import type { GoldenPathData } from '@goldenpath/engine';
import { cdeventBody, type CdeventBody } from './cdeventBody';

/** A release that a controller stopped half-way. */
export interface TakenBack {
  source: string;
  identity: readonly (string | number)[];
  at: Date;
  service: string;
  environment: string;
  artifactId?: string;
  repository?: { id: string; source: string };
  pipelineName: string;
  errors?: string;
  goldenPath: GoldenPathData & { deploymentId: string };
}

/**
 * A release that failed and was taken back by itself: the end of its deployment, and the return of the version before
 * under the same deployment, which is what makes it a failed change. When it is known that nobody was served by it,
 * there is nothing to take back.
 */
export function takenBackBodies(release: TakenBack): CdeventBody[] {
  const { source, identity, at, goldenPath, repository } = release;
  const environment = { id: release.environment };
  const finished = cdeventBody({
    name: 'pipelinerun.finished',
    source,
    identity: [...identity, 'finished'],
    at,
    subject: {
      id: goldenPath.deploymentId,
      source,
      content: {
        environment,
        service: { id: release.service, source },
        repository,
        artifactId: release.artifactId,
        pipelineName: release.pipelineName,
        outcome: 'failure',
        errors: release.errors?.slice(0, 10_000),
      },
    },
    goldenPath: { ...goldenPath, outcome: 'failure' },
  });
  if (goldenPath.reachedProduction === false) {
    return [finished];
  }
  return [
    finished,
    cdeventBody({
      name: 'service.rolledback',
      source,
      identity: [...identity, 'rolledback'],
      at,
      subject: {
        id: release.service,
        source,
        content: { environment, repository },
      },
      goldenPath: {
        entityRef: goldenPath.entityRef,
        deploymentId: goldenPath.deploymentId,
        rollbackOf: goldenPath.deploymentId,
        url: goldenPath.url,
      },
    }),
  ];
}
