import {
  changesManifests,
  deploys,
  handsManifestsOver,
  publishesSite,
  startsTestCluster,
  testsService,
  verifiesArtifact,
} from './deployCommands';
import type { Deploy } from './deployData';
import { imageBuildOf } from './imageCommands';
import { activitiesOf, type Activity, textsUnder } from './jobActivities';
import type { JobOrder } from './jobOrder';
import { childOf, textOf } from './locatedTree';
import type { PipelineCommands } from './pipelineCommands';
import type { Pipeline } from './pipelineData';
import { asksForBudget } from './releaseCommands';
import type { Repository } from './repositoryFile';
import type { OrderedGraph } from './otherGraphs';
import { localPath } from './workflowCalls';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

const NOT_PRODUCTION =
  /(^|[^a-z])(dev|develop|development|tests?|testing|e2e|pr|stage|staging|stg|qa|uat|preview|review|sandbox|demo|int|integration|nonprod|preprod)([^a-z]|$)/i;
const DEPLOYING_NAME = /(^|[^a-z])(deploy|rollout|promote)/i;
const BY_DIGEST =
  /@sha256:[0-9a-f]{64}|\b(needs|steps|inputs|env|vars)\.[\w.-]*digest|\$\{?\w*digest/i;
const BY_TAG =
  /[\w/}]:\$\{\{\s*(github\.(sha|ref_name|run_number|run_id)|(inputs|env|vars|needs|steps)\.[\w.-]*(tag|version|sha))|:latest\b|\b(image\.)?tag=|:\$\{?\w*(TAG|VERSION|SHA)\b/i;

/** The image of a tool that a job runs in a container: its digest says nothing of what is deployed. */
const TOOL_IMAGE =
  /\b(docker|podman|nerdctl) run\b[^\n]*?@sha256:[0-9a-f]{64}/g;

/** What a name leaves open, such as `${{ inputs.environment }}` or `$REGION`. */
const EXPRESSION = /\$\{\{.*?\}\}|<\+.*?>|\$\{?\w+\}?/g;
/** An expression, or a variable, in a name. */
const OPEN_NAME = /\$\{\{|<\+|\$\{?[A-Za-z_]/;

interface DeployingJob {
  planned: PlannedJob;
  activities: Activity[];
  /** Index of the first activity that deploys; -1 when only the job's name tells. */
  at: number;
}

function environmentOf(planned: PlannedJob): string | undefined {
  const node = childOf(planned.job.node, 'environment');
  return node && (textOf(node) ?? textOf(childOf(node, 'name')) ?? '');
}

function deployingJobs(
  repository: Repository,
  graph: WorkflowGraph,
): DeployingJob[] {
  return graph.jobs.flatMap(planned => {
    const activities = activitiesOf(repository, planned);
    const isHandedOver = activities.some(handsManifestsOver);
    const at = activities.findIndex(
      one => deploys(one) && (isHandedOver || !changesManifests(one)),
    );
    const environment = environmentOf(planned);
    const hasEnvironment = environment !== undefined;
    const isTrial =
      startsTestCluster(activities) ||
      (planned.triggers.pullRequest === true &&
        !planned.onEveryPush &&
        !hasEnvironment);
    const { job } = planned;
    const isNamed =
      hasEnvironment &&
      !job.uses &&
      environment !== 'github-pages' &&
      !activities.some(publishesSite) &&
      (DEPLOYING_NAME.test(job.id) || DEPLOYING_NAME.test(job.name));
    return !isTrial && (at >= 0 || isNamed || planned.deploysService)
      ? [{ planned, activities, at }]
      : [];
  });
}

/** Calls of workflows of other repositories that say they deploy. What they do is not seen. */
function deployingCalls(graph: WorkflowGraph): Deploy[] {
  return graph.jobs.flatMap(({ job, workflow, triggers }) =>
    job.uses &&
    localPath(job.uses.text) === undefined &&
    triggers.pullRequest !== true &&
    DEPLOYING_NAME.test(`${job.id} ${job.uses.text}`)
      ? [
          {
            file: workflow.file,
            line: job.line,
            job: job.id,
            name: job.uses.text,
          },
        ]
      : [],
  );
}

/** Whether something holds of one of several activities: true, false, or open when a failure of it may be swallowed. */
function anyOf(
  activities: readonly Activity[],
  holds: (activity: Activity) => boolean,
): boolean | undefined {
  const found = activities.filter(one => holds(one) && one.gate !== false);
  if (found.length > 0) {
    return found.some(one => one.gate === true) || undefined;
  }
  return activities.some(one => one.opaque && one.program[0] !== undefined)
    ? undefined
    : false;
}

function stepsAround(options: {
  repository: Repository;
  order: JobOrder;
  deploying: DeployingJob;
  direction: 'before' | 'after';
  holds: (activity: Activity) => boolean;
}): boolean | undefined {
  const { repository, order, deploying, direction, holds } = options;
  const { planned, activities, at } = deploying;
  const own =
    direction === 'before'
      ? activities.slice(0, at < 0 ? undefined : at)
      : activities.slice(at < 0 ? activities.length : at + 1);
  const here = anyOf(own, holds);
  if (here === true) {
    return true;
  }
  const elsewhere = order[direction](planned, other =>
    activitiesOf(repository, other).some(
      activity => holds(activity) && activity.gate !== false,
    ),
  );
  if (elsewhere) {
    return true;
  }
  const isHidden = order[direction](planned, other => isOpen(other));
  const isPossible = order.perhaps(
    planned,
    direction,
    other =>
      isOpen(other) ||
      activitiesOf(repository, other).some(
        activity => holds(activity) && activity.gate !== false,
      ),
  );
  return isHidden || isPossible || planned.opaque ? undefined : here;
}

/** Whether a job hands over to what is not in the repository. */
function isOpen({ job, opaque }: PlannedJob): boolean {
  return (
    opaque || (job.uses !== undefined && localPath(job.uses.text) === undefined)
  );
}

function known<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}

function isProduction(
  planned: PlannedJob,
  environment: string | undefined,
): boolean | undefined {
  const { job } = planned;
  if (NOT_PRODUCTION.test(environment?.replace(EXPRESSION, '') ?? '')) {
    return false;
  }
  return environment !== undefined && OPEN_NAME.test(environment)
    ? undefined
    : !NOT_PRODUCTION.test(environment || `${job.id} ${job.name}`);
}

function byDigest(
  planned: PlannedJob,
  activities: readonly Activity[],
): boolean | undefined {
  if (planned.deploysService) {
    return planned.deploysService.byDigest;
  }
  const texts = [
    ...textsUnder(planned.job.node),
    ...activities.map(({ text }) => text),
  ]
    .filter(text => text.length < 50_000)
    .map(text => text.replace(TOOL_IMAGE, ''));
  if (texts.some(text => BY_DIGEST.test(text))) {
    return true;
  }
  return texts.some(text => BY_TAG.test(text)) ? false : undefined;
}

function describeDeploy(options: {
  repository: Repository;
  order: JobOrder;
  all: DeployingJob[];
  deploying: DeployingJob;
}): Deploy {
  const { repository, order, all, deploying } = options;
  const { planned, activities, at } = deploying;
  const { job, workflow } = planned;
  const written = environmentOf(planned);
  const isOpenName = OPEN_NAME.test(written ?? '');
  const isRepeated =
    all.length > 1 ||
    isOpenName ||
    childOf(job.node, 'strategy', 'matrix') !== undefined ||
    order.callers(planned).length > 1;
  const around = { repository, order, deploying };
  return known({
    file: at < 0 ? workflow.file : activities[at].file,
    line: at < 0 ? job.line : activities[at].line,
    job: job.id,
    name: at < 0 ? job.name : activities[at].text.slice(0, 300),
    environment: isOpenName ? undefined : written ?? '',
    hasEnvironment: written !== undefined,
    production: isProduction(planned, written),
    byDigest: byDigest(planned, activities),
    rebuilds: isRepeated && activities.some(one => imageBuildOf(one)),
    verified: stepsAround({
      ...around,
      direction: 'before',
      holds: verifiesArtifact,
    }),
    budgetChecked: stepsAround({
      ...around,
      direction: 'before',
      holds: ({ program }) => asksForBudget(program),
    }),
    smoke: stepsAround({ ...around, direction: 'after', holds: testsService }),
  });
}

/** Deployments that are not in the repository: of what GitLab includes or starts elsewhere the name, of the rest nothing. */
function otherDeploys(others: {
  pipelines: Pipeline[];
  runs: PipelineCommands['runs'];
}): Deploy[] {
  const unread = others.pipelines.filter(({ builds }) => builds === undefined);
  const handedOn = others.runs.filter(
    ({ command, does }) =>
      does === undefined &&
      /^(include|trigger) /.test(command ?? '') &&
      DEPLOYING_NAME.test(command ?? ''),
  );
  return [
    ...handedOn.map(({ file, line, command }) => ({
      file,
      line,
      name: command,
    })),
    ...unread.map(({ file, line }) => ({
      file,
      line,
      unreadable: true as const,
    })),
  ];
}

/**
 * Finds what deploys, and how carefully: what a job does itself, and what the jobs around it do.
 *
 * @param graphs - the jobs of each CI system that is read
 * @param others - what is known of the rest
 */
export function describeDeploys(
  repository: Repository,
  graphs: readonly OrderedGraph[],
  others: { pipelines: Pipeline[]; runs: PipelineCommands['runs'] },
): Deploy[] {
  return [
    ...graphs.flatMap(({ graph, order }) => {
      const all = deployingJobs(repository, graph);
      return [
        ...all.map(deploying =>
          describeDeploy({ repository, order, all, deploying }),
        ),
        ...deployingCalls(graph),
      ];
    }),
    ...otherDeploys(others),
  ];
}
