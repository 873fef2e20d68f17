import { gitlabCommandLines } from './gitlabScripts';
import { mergedJobs } from './gitlabInheritance';
import { type GitlabFiles, readGitlabFiles } from './gitlabIncludes';
import {
  bothRuns,
  isAllowedToFail,
  namesSchedule,
  rulesOf,
  type RunsIn,
  runsIn,
} from './gitlabRules';
import { gitlabOrder, needsOf } from './gitlabOrder';
import { handedVariables, mentioned } from './gitlabVariables';
import { activitiesOf } from './jobActivities';
import type { JobOrder } from './jobOrder';
import {
  childOf,
  entriesOf,
  type Located,
  type LocatedEntry,
  textOf,
  textsOf,
} from './locatedTree';
import type { Triggers } from './pipelineData';
import type { Repository } from './repositoryFile';
import { either, eitherTriggers } from './triggers';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

export const GITLAB_FILE = '.gitlab-ci.yml';
/** Actions of an environment that deploy nothing to it. */
const NO_DEPLOYMENT = /^(stop|verify|access|prepare)$/;

/** A job of GitLab with what its order and its caches are told by. */
export interface GitlabJob {
  planned: PlannedJob;
  /** With all it extends. */
  node: Located;
  runs: RunsIn;
}

/** The pipeline of GitLab as the jobs of other forges are described. */
export interface GitlabPipeline {
  files: GitlabFiles;
  jobs: GitlabJob[];
  graph: WorkflowGraph;
  order: JobOrder;
  /** When pipelines are made, whatever is in them. */
  triggers: Triggers;
  /** Whether a commit of a merge request runs a job in two pipelines. */
  buildsTwice: boolean | undefined;
}

const EVERYWHERE: RunsIn = {
  mergeRequest: true,
  branch: true,
  defaultBranch: true,
  schedule: true,
  tag: true,
};

function known<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** A pipeline of a branch says as much of a change as one of its merge request. */
function triggersOf(runs: RunsIn, isScheduled: boolean): Triggers {
  return known({
    pullRequest: either(runs.mergeRequest, runs.branch),
    defaultBranch: runs.defaultBranch,
    schedule:
      isScheduled || runs.schedule === false ? runs.schedule : undefined,
  });
}

function text(value: string, line: number): Located {
  return { kind: 'scalar', line, value, textLine: line };
}

function map(entries: [string, Located | undefined][]): Located {
  return {
    kind: 'map',
    line: 1,
    entries: new Map(
      entries.flatMap(([name, node]): [string, LocatedEntry][] =>
        node ? [[name, { line: node.line, node }]] : [],
      ),
    ),
  };
}

/** The environment a job deploys to, with the variables of the job in its name. */
function environmentOf(node: Located): Located | undefined {
  const environment = childOf(node, 'environment');
  const action = textOf(childOf(environment, 'action'));
  const name = textOf(environment) ?? textOf(childOf(environment, 'name'));
  if (!environment || name === undefined || NO_DEPLOYMENT.test(action ?? '')) {
    return undefined;
  }
  const written = name.replace(
    /\$\{?(\w+)\}?/g,
    (whole, variable: string) =>
      textOf(childOf(node, 'variables', variable)) ?? whole,
  );
  return text(written, environment.line);
}

const pipelines = new WeakMap<
  Repository,
  GitlabPipeline | 'absent' | 'unreadable'
>();

/** Reads the pipeline of GitLab: each job with all it extends, when it runs, and which jobs come before it. */
export function readGitlabPipeline(
  repository: Repository,
): GitlabPipeline | 'absent' | 'unreadable' {
  const before = pipelines.get(repository);
  const read = before ?? planPipeline(repository);
  pipelines.set(repository, read);
  return read;
}

function planPipeline(
  repository: Repository,
): GitlabPipeline | 'absent' | 'unreadable' {
  const files = readGitlabFiles(repository);
  if (typeof files === 'string') {
    return files;
  }
  const { byName, fileOf, jobs: merged } = mergedJobs(files);
  const workflowRules = rulesOf(byName.get('workflow'), byName);
  const created = runsIn(undefined, workflowRules, EVERYWHERE);
  // Without a word on when to run, jobs are not for merge requests, unless `workflow` says what pipelines are for.
  const unruled = workflowRules
    ? EVERYWHERE
    : { ...EVERYWHERE, mergeRequest: false };
  const globals = byName.get('variables');

  const jobs = merged.map(({ name, file, line, node, isOpen }): GitlabJob => {
    const rules = rulesOf(node, byName);
    const runs = bothRuns(created, runsIn(node, rules, unruled));
    const refs = [
      ...textsOf(childOf(node, 'only')),
      ...textsOf(childOf(node, 'only', 'refs')),
    ];
    const triggers = triggersOf(
      runs,
      namesSchedule(workflowRules) ||
        namesSchedule(rules) ||
        refs.includes('schedules'),
    );
    const continueOnError = isAllowedToFail(node, rules);
    const lines = gitlabCommandLines({ node, file, fileOf, byName });
    const isForReleases = either(runs.defaultBranch, runs.tag) !== false;
    return {
      node,
      runs,
      planned: {
        job: {
          id: name,
          name,
          line,
          continueOnError,
          needs: (needsOf(node) ?? []).map(need => need.name),
          steps: [],
          node: map([
            ['environment', environmentOf(node)],
            ['env', childOf(node, 'variables')],
            ['strategy', childOf(node, 'parallel')],
          ]),
        },
        workflow: {
          file,
          name: GITLAB_FILE,
          events: new Map(isForReleases ? [['push', { line }]] : []),
          concurrency: false,
          jobs: [],
          node: map([]),
        },
        triggers,
        concurrency: childOf(node, 'resource_group') !== undefined,
        continueOnError,
        steps: lines.steps.map(({ step, isAfter }) => ({
          step,
          triggers,
          continueOnError: either(continueOnError, isAfter),
        })),
        opaque: isOpen || lines.isOpen,
        onEveryPush: runs.mergeRequest !== true,
      },
    };
  });

  const order = gitlabOrder(jobs, byName);
  for (const { planned, node } of jobs) {
    const used = mentioned(activitiesOf(repository, planned));
    const givers = jobs.filter(other => order.waits(planned, other.planned));
    const handed = handedVariables({
      givers: givers.map(giver => giver.node),
      node,
      globals,
    }).filter(([name]) => used.has(name));
    const own = entriesOf(childOf(node, 'variables')).map(
      ([name, entry]) => [name, entry.node] as [string, Located],
    );
    planned.job.node = map([
      ...entriesOf(planned.job.node).map(
        ([name, entry]) => [name, entry.node] as [string, Located],
      ),
      ['env', map([...handed, ...own])],
    ]);
  }

  const planned = jobs.map(job => job.planned);
  const told = planned
    .map(({ triggers }) => triggers)
    .reduce(eitherTriggers, {
      pullRequest: false,
      defaultBranch: false,
      schedule: false,
    });
  const always = triggersOf(created, namesSchedule(workflowRules));
  return {
    files,
    jobs,
    graph: {
      workflows: [],
      unreadable: [],
      jobs: planned,
      triggersOf: () => ({}),
    },
    order: order.order,
    triggers: files.open.length > 0 || jobs.length === 0 ? always : told,
    buildsTwice: twice(jobs, files.open.length > 0, created),
  };
}

/** Whether a job runs for the branch of a merge request and for the merge request. */
function twice(
  jobs: readonly GitlabJob[],
  isOpen: boolean,
  created: RunsIn,
): boolean | undefined {
  const both = ({ mergeRequest, branch }: RunsIn) =>
    mergeRequest === false || branch === false ? false : mergeRequest && branch;
  const found = jobs.map(({ runs }) => both(runs)).reduce(either, false);
  return found === false && isOpen && both(created) !== false
    ? undefined
    : found;
}
