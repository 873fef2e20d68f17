import { describeAgentSteps } from './agentSteps';
import { describeCacheTrust } from './cacheTrust';
import { describeCloudLogins } from './cloudLogins';
import { describeDeploys } from './deploys';
import { describeImageBuilds } from './imageBuilds';
import { allGraphs, joinedGraph } from './otherGraphs';
import type { PipelineCommands } from './pipelineCommands';
import type { Pipeline, SecretUse } from './pipelineData';
import { describePublishing } from './publishing';
import type { RepositoryData } from './repositoryData';
import type { Repository } from './repositoryFile';
import type { WorkflowGraph } from './workflowGraph';

type Lists = Required<
  Pick<
    RepositoryData,
    | 'deploys'
    | 'imageBuilds'
    | 'publishes'
    | 'attestations'
    | 'cacheUses'
    | 'cloudLogins'
    | 'agentSteps'
  >
>;

/**
 * What pipelines build, publish and deploy, and how.
 *
 * @param options.others - pipelines of other systems, with the commands that are known of them
 */
export function describeDelivery(options: {
  repository: Repository;
  graph: WorkflowGraph;
  secrets: readonly SecretUse[];
  others: { pipelines: Pipeline[]; runs: PipelineCommands['runs'] };
}): Lists {
  const { repository, graph, secrets, others } = options;
  const graphs = allGraphs(repository, graph);
  const joined = joinedGraph(graphs);
  const lists: Lists = {
    deploys: describeDeploys(repository, graphs, others),
    imageBuilds: describeImageBuilds(repository, joined),
    ...describePublishing(repository, joined),
    cacheUses: describeCacheTrust(repository, joined, secrets),
    cloudLogins: describeCloudLogins(repository, graph, secrets),
    agentSteps: describeAgentSteps(repository, graph),
  };
  for (const file of graph.unreadable) {
    for (const list of Object.values(lists)) {
      (list as unknown[]).push({ file, line: 1, unreadable: true });
    }
  }
  // What is not read, or not in the repository, may attest as well: that stays open instead of missing.
  const unread = others.pipelines.filter(({ builds }) => builds === undefined);
  const elsewhere = others.runs.filter(
    ({ does, command }) =>
      does === undefined && /^(include|trigger) /.test(command ?? ''),
  );
  for (const { file, line } of [...unread, ...elsewhere]) {
    lists.attestations.push({ file, line });
  }
  return lists;
}
