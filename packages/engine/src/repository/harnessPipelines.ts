import { stepsOf } from './harnessExecution';
import { type HarnessGate, gateOf, takesBack } from './harnessFailures';
import { harnessStepKind } from './harnessSteps';
import { activitiesOf } from './jobActivities';
import { type JobOrder, orderBy } from './jobOrder';
import {
  childOf,
  entriesOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import type { Run } from './pipelineData';
import type { Repository } from './repositoryFile';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

/** What else lies in the folder of Harness and is no pipeline. */
const NO_PIPELINE =
  /^(service|environment|infrastructureDefinition|inputSet|overlayInputSet|trigger|connector|secret|monitoredService|overrides|freeze|policy|variable)$/;
/** A pipeline of Harness as the jobs of other forges are described: a stage is a job. */
export interface HarnessPipeline {
  file: string;
  name: string;
  graph: WorkflowGraph;
  order: JobOrder;
  /** What takes a deployment back by itself when it fails. */
  rollbacks: Run[];
}

interface Stage {
  planned: PlannedJob;
  /** Stages of one group run at the same time. */
  group: number;
  gate: HarnessGate;
}

/** Whether the artifacts of a stage are named by digest; open where the service elsewhere names them. */
function byDigest(stage: Located): boolean | undefined {
  const artifacts = childOf(
    stage,
    'spec',
    'service',
    'serviceInputs',
    'serviceDefinition',
    'spec',
    'artifacts',
    'primary',
  );
  const sources = itemsOf(childOf(artifacts, 'sources')).map(source =>
    childOf(source, 'spec'),
  );
  const specs = sources.length > 0 ? sources : [childOf(artifacts, 'spec')];
  const digests = specs.map(spec => textOf(childOf(spec, 'digest')));
  if (digests.every(digest => digest !== undefined && digest.trim() !== '')) {
    return digests.every(digest => digest !== '<+input>') ? true : undefined;
  }
  const isTagged = specs.some(
    (spec, index) =>
      !digests[index] &&
      (childOf(spec, 'tag') ?? childOf(spec, 'tagRegex')) !== undefined,
  );
  return isTagged ? false : undefined;
}

function environmentOf(stage: Located): Located | undefined {
  const environment = childOf(stage, 'spec', 'environment');
  const others =
    childOf(stage, 'spec', 'environments') ??
    childOf(stage, 'spec', 'environmentGroup');
  const name = textOf(childOf(environment, 'environmentRef'));
  const line = (environment ?? others)?.line;
  return line === undefined
    ? undefined
    : { kind: 'scalar', line, value: name ?? '<+input>', textLine: line };
}

function stageOf(
  node: Located,
  at: { file: string; name: string; group: number },
): Stage {
  const { file, group } = at;
  const isDeployment = textOf(childOf(node, 'type')) === 'Deployment';
  const gate = gateOf(node, { swallows: false, isConditional: false });
  const execution = childOf(node, 'spec', 'execution');
  const { steps, isOpen } = stepsOf(childOf(execution, 'steps'), {
    file,
    // Whether the whole stage runs is a matter of the order of stages.
    gate: { ...gate, isConditional: false },
    depth: 0,
  });
  const isChained = textOf(childOf(node, 'type')) === 'Pipeline';
  const id = textOf(childOf(node, 'identifier')) ?? '';
  const environment = environmentOf(node);
  return {
    group,
    gate,
    planned: {
      job: {
        id,
        name: textOf(childOf(node, 'name')) ?? id,
        line: node.line,
        continueOnError: gate.swallows,
        needs: [],
        steps: [],
        node: {
          kind: 'map',
          line: node.line,
          entries: new Map(
            environment
              ? [['environment', { line: environment.line, node: environment }]]
              : [],
          ),
        },
      },
      workflow: {
        file,
        name: at.name,
        // What starts a pipeline is kept outside of its file; one that publishes or deploys is for releases.
        events: new Map([['push', { line: node.line }]]),
        concurrency: false,
        jobs: [],
        node,
      },
      triggers: {},
      concurrency: false,
      continueOnError: gate.swallows,
      steps,
      opaque: isOpen || isChained || childOf(node, 'template') !== undefined,
      ...(isDeployment ? { deploysService: { byDigest: byDigest(node) } } : {}),
    },
  };
}

function rollbacksOf(node: Located, file: string): Run[] {
  const list = childOf(node, 'spec', 'execution', 'rollbackSteps');
  const gate: HarnessGate = { swallows: false, isConditional: false };
  const { steps, isOpen } = stepsOf(list, { file, gate, depth: 0 });
  const does = takesBack(node) ? ['revert'] : [];
  const open = {
    file,
    line: list?.line ?? node.line,
    command: 'rollbackSteps',
  };
  return [
    ...steps.flatMap(({ step: { uses, line } }) =>
      uses && harnessStepKind(uses.text).does === 'rollback'
        ? [{ file, line, command: uses.text, does }]
        : [],
    ),
    ...(isOpen ? [open] : []),
  ];
}

const known = new WeakMap<
  Repository,
  Map<string, HarnessPipeline | 'other' | 'unread'>
>();

/**
 * Reads a file of Harness's folder.
 *
 * @returns `other` when it is no pipeline, `unread` when it is one of a form that is not read, or makes no sense.
 */
export function readHarnessPipeline(
  repository: Repository,
  file: string,
): HarnessPipeline | 'other' | 'unread' {
  const files = known.get(repository) ?? new Map();
  known.set(repository, files);
  const before = files.get(file);
  const read = before ?? planPipeline(repository, file);
  files.set(file, read);
  return read;
}

function planPipeline(
  repository: Repository,
  file: string,
): HarnessPipeline | 'other' | 'unread' {
  const documents = readTree(repository, file, 'yaml');
  const root = typeof documents === 'string' ? undefined : documents[0];
  const pipeline = childOf(root, 'pipeline');
  const list = childOf(pipeline, 'stages');
  if (list?.kind !== 'list') {
    const keys = entriesOf(root).map(([key]) => key);
    return keys.length > 0 && keys.every(key => NO_PIPELINE.test(key))
      ? 'other'
      : 'unread';
  }
  const name = textOf(childOf(pipeline, 'name')) ?? file;
  const nodes = list.items.flatMap((item, group) => {
    const parallel = childOf(item, 'parallel');
    return (parallel ? itemsOf(parallel) : [item]).flatMap(one => {
      const node = childOf(one, 'stage');
      return node ? [{ node, group }] : [];
    });
  });
  const stages = nodes.map(({ node, group }) =>
    stageOf(node, { file, name, group }),
  );
  const jobs = stages.map(({ planned }) => planned);
  const isForReleases = jobs.some(
    planned =>
      planned.deploysService !== undefined ||
      activitiesOf(repository, planned).some(
        ({ action }) => harnessStepKind(action).does === 'build',
      ),
  );
  return {
    file,
    name,
    graph: {
      workflows: [],
      unreadable: [],
      jobs: isForReleases
        ? jobs
        : jobs.map(job => ({
            ...job,
            workflow: { ...job.workflow, events: new Map() },
          })),
      triggersOf: () => ({}),
    },
    order: orderOf(stages),
    rollbacks: nodes.flatMap(({ node }) => rollbacksOf(node, file)),
  };
}

/** Stages run one after the other, unless they stand side by side or a condition leaves one out. */
function orderOf(stages: readonly Stage[]): JobOrder {
  const byJob = new Map(stages.map(stage => [stage.planned, stage] as const));
  const link = (later: PlannedJob, earlier: PlannedJob) =>
    (byJob.get(earlier)?.group ?? 0) < (byJob.get(later)?.group ?? 0);
  const sure = (...jobs: PlannedJob[]) =>
    jobs.every(job => !byJob.get(job)?.gate.isConditional) || undefined;
  return orderBy(
    stages.map(({ planned }) => planned),
    {
      waits: (later, earlier) =>
        link(later, earlier) ? sure(earlier, later) : false,
      follows: (later, earlier) => (link(later, earlier) ? sure(later) : false),
    },
  );
}
