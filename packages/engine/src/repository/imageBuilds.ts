import type { ImageBuild } from './deployData';
import { imageBuildOf } from './imageCommands';
import { activitiesOf } from './jobActivities';
import type { Repository } from './repositoryFile';
import type { WorkflowGraph } from './workflowGraph';

/** A `RUN` with a cache mount that keeps what a package manager downloads. */
const CACHE_MOUNT = /^\s*RUN\b[^\n]*--mount=[^\s]*type=cache/im;

function hasCacheMount(
  repository: Repository,
  dockerfile: string | undefined,
): boolean | undefined {
  const read =
    dockerfile === undefined ? undefined : repository.read(dockerfile);
  if (read === undefined || typeof read === 'string') {
    return undefined;
  }
  return CACHE_MOUNT.test(read.text.replace(/\\\r?\n/g, ' '));
}

/** Builds of images in pipelines, with whether they take layers or downloads from a cache. */
export function describeImageBuilds(
  repository: Repository,
  graph: WorkflowGraph,
): ImageBuild[] {
  return graph.jobs.flatMap(planned =>
    activitiesOf(repository, planned).flatMap((activity): ImageBuild[] => {
      const build = imageBuildOf(activity);
      if (!build) {
        return [];
      }
      const { file, line, text } = activity;
      const cached =
        build.cacheFrom !== '' || hasCacheMount(repository, build.dockerfile);
      return [
        {
          file,
          line,
          job: planned.job.id,
          name: text.slice(0, 300),
          ...(cached === undefined ? {} : { cached }),
        },
      ];
    }),
  );
}
