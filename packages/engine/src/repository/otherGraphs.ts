import { readGitlabPipeline } from './gitlabJobs';
import { type HarnessPipeline, readHarnessPipeline } from './harnessPipelines';
import { type JobOrder, jobOrder } from './jobOrder';
import type { Repository } from './repositoryFile';
import type { WorkflowGraph } from './workflowGraph';

/** Jobs of one CI system with the order they run in. */
export interface OrderedGraph {
  graph: WorkflowGraph;
  order: JobOrder;
}

/** Where Harness keeps what it takes from git. */
export function isHarnessPath(path: string): boolean {
  return /^\.harness\/.+\.ya?ml$/.test(path);
}

function harnessGraphs(repository: Repository): HarnessPipeline[] {
  return repository.paths
    .filter(isHarnessPath)
    .map(path => readHarnessPipeline(repository, path))
    .filter(read => typeof read !== 'string');
}

/** The jobs of every CI system whose files are read: GitHub's, and those of others in the same form. */
export function allGraphs(
  repository: Repository,
  graph: WorkflowGraph,
): OrderedGraph[] {
  const gitlab = readGitlabPipeline(repository);
  return [
    { graph, order: jobOrder(graph) },
    ...(typeof gitlab === 'string' ? [] : [gitlab]),
    ...harnessGraphs(repository),
  ];
}

/** All jobs as those of one graph, for what asks nothing about their order. */
export function joinedGraph(graphs: readonly OrderedGraph[]): WorkflowGraph {
  const [first] = graphs;
  return {
    ...first.graph,
    jobs: graphs.flatMap(({ graph }) => graph.jobs),
  };
}
