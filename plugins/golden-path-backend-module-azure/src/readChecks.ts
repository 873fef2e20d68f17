import { NotAllowedError } from '@backstage/errors';
import {
  ChangeChecks,
  combineChecks,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { GitStatusState } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { PolicyEvaluationStatus } from 'azure-devops-node-api/interfaces/PolicyInterfaces';
import { z } from 'zod';
import { AzureSession } from './AzureSession';
import { AzurePull } from './pullRequests';

const statusSchema = z.object({
  id: z.number(),
  state: z.enum(GitStatusState),
  iterationId: z.number().nullish(),
  context: z
    .object({ name: z.string().nullish(), genre: z.string().nullish() })
    .nullish(),
});

const evaluationSchema = z.object({
  status: z.enum(PolicyEvaluationStatus),
  configuration: z.object({
    isEnabled: z.boolean().nullish(),
    type: z.object({ id: z.string() }),
  }),
});

/** The policies that are about pipelines: a build must succeed, a status must be posted. Others are about people. */
const PIPELINE_POLICIES = [
  '0609b952-1397-4640-95ec-e00a01b2c241',
  'cbdc66da-9728-4af8-aada-9a5a32e4a226',
];

const OF_STATUS: Partial<Record<GitStatusState, ChangeChecks>> = {
  [GitStatusState.NotSet]: 'pending',
  [GitStatusState.Pending]: 'pending',
  [GitStatusState.Succeeded]: 'passing',
  [GitStatusState.PartiallySucceeded]: 'passing',
  [GitStatusState.Failed]: 'failing',
  [GitStatusState.Error]: 'failing',
};

const OF_POLICY: Partial<Record<PolicyEvaluationStatus, ChangeChecks>> = {
  [PolicyEvaluationStatus.Queued]: 'pending',
  [PolicyEvaluationStatus.Running]: 'pending',
  [PolicyEvaluationStatus.Approved]: 'passing',
  [PolicyEvaluationStatus.Rejected]: 'failing',
  [PolicyEvaluationStatus.Broken]: 'failing',
};

/**
 * What the statuses of a pull request and the policies of its target say of pipelines.
 *
 * @remarks
 * Where one of the two may not be read, the answer is `unknown` unless the other one is failing or pending.
 * @internal
 */
export async function readChecks(
  session: AzureSession,
  pull: AzurePull,
): Promise<ChangeChecks> {
  const statuses = await unlessHidden(() => statusesOf(session, pull));
  const policies = await unlessHidden(() => policiesOf(session, pull));
  return combineChecks([...statuses, ...policies]);
}

async function statusesOf(
  session: AzureSession,
  { pullRequestId }: AzurePull,
): Promise<ChangeChecks[]> {
  const { repositoryId, projectId } = session;
  const statuses = await session.ask(
    'read statuses',
    z.array(statusSchema),
    ({ git }) =>
      git.getPullRequestStatuses(repositoryId, pullRequestId, projectId),
  );
  // Of one context the newest counts
  const newest = new Map(
    statuses
      .sort((one, other) => one.id - other.id)
      .map(each => [
        `${each.context?.genre ?? ''}/${each.context?.name ?? ''}`,
        each,
      ]),
  );
  const iteration = statuses.some(({ iterationId }) => iterationId)
    ? await newestIteration(session, pullRequestId)
    : undefined;
  return [...newest.values()].flatMap(({ state, iterationId }) => {
    const check = OF_STATUS[state];
    // A status of earlier commits says nothing of the newest one
    const isOld = iterationId && iterationId !== iteration;
    return check ? [isOld ? 'unknown' : check] : [];
  });
}

async function newestIteration(
  session: AzureSession,
  pullRequestId: number,
): Promise<number> {
  const { repositoryId, projectId } = session;
  const iterations = await session.ask(
    'read a pull request',
    z.array(z.object({ id: z.number() })),
    ({ git }) =>
      git.getPullRequestIterations(repositoryId, pullRequestId, projectId),
  );
  return Math.max(...iterations.map(({ id }) => id));
}

async function policiesOf(
  session: AzureSession,
  { pullRequestId }: AzurePull,
): Promise<ChangeChecks[]> {
  const { projectId } = session;
  const evaluations = await session.ask(
    'read policies',
    z.array(evaluationSchema),
    ({ policy }) =>
      policy.getPolicyEvaluations(
        projectId,
        `vstfs:///CodeReview/CodeReviewId/${projectId}/${pullRequestId}`,
      ),
  );
  return evaluations.flatMap(({ status, configuration }) => {
    const check = OF_POLICY[status];
    const counts =
      configuration.isEnabled !== false &&
      PIPELINE_POLICIES.includes(configuration.type.id.toLowerCase());
    return check && counts ? [check] : [];
  });
}

async function unlessHidden(
  read: () => Promise<ChangeChecks[]>,
): Promise<ChangeChecks[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return ['unknown'];
    }
    throw error;
  }
}
