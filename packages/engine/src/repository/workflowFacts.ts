import { describeUses } from './actionReference';
import { readActionsLock } from './actionsLock';
import {
  childOf,
  entriesOf,
  type Located,
  type LocatedEntry,
  textOf,
  textsOf,
  valueOf,
} from './locatedTree';
import type {
  Action,
  Checkout,
  Permission,
  Pipeline,
  PrivilegedTrigger,
  ScriptExpression,
  SecretUse,
  WorkflowData,
} from './pipelineData';
import type { Repository } from './repositoryFile';
import { scriptExpressions, secretUses } from './scriptExpressions';
import { readsUntrustedInput } from './untrustedInputs';
import type { Workflow } from './workflow';
import type { PlannedStep, WorkflowGraph } from './workflowGraph';

const PRIVILEGED_EVENTS = ['pull_request_target', 'workflow_run'];
const FOREIGN_REF =
  /github\.event\.pull_request\.(head|number|merge_commit_sha)|github\.head_ref|github\.event\.workflow_run\.head|refs\/pull\//;
const FOREIGN_CHECKOUT =
  /gh\s+pr\s+checkout|git\s+(fetch|pull|checkout)[^\n]*(pull\/|head_ref|HEAD_REF|pull_request)/;

/** Facts of GitHub workflows that hold file by file. */
export interface WorkflowFacts {
  workflows: WorkflowData[];
  pipelines: Pipeline[];
  actions: Action[];
  checkouts: Checkout[];
  permissions: Permission[];
  privilegedTriggers: PrivilegedTrigger[];
  expressions: ScriptExpression[];
  secrets: SecretUse[];
}

function writesOf(entry: LocatedEntry): string[] {
  const text = textOf(entry.node);
  if (text !== undefined) {
    return text === 'write-all' ? ['write-all'] : [];
  }
  return entriesOf(entry.node)
    .filter(([, { node }]) => textOf(node) === 'write')
    .map(([scope]) => scope);
}

function permissionsOf(workflow: Workflow): Permission[] {
  const { file, permissions, jobs } = workflow;
  const ofJobs = jobs.flatMap(job => {
    const entry =
      job.node.kind === 'map' ? job.node.entries.get('permissions') : undefined;
    return entry ? [{ job, entry, write: writesOf(entry) }] : [];
  });
  const write = permissions ? writesOf(permissions) : [];
  return [
    {
      file,
      line: permissions?.line ?? 1,
      job: '',
      broad: permissions ? write.length > 0 : ofJobs.length < jobs.length,
      write,
    },
    ...ofJobs.map(({ job, entry, write: granted }) => ({
      file,
      line: entry.line,
      job: job.id,
      broad: granted.includes('write-all'),
      write: granted,
    })),
  ];
}

function isCheckout(step: PlannedStep): boolean {
  return /^actions\/checkout@/i.test(step.step.uses?.text ?? '');
}

function checkoutsOf(steps: PlannedStep[]): Checkout[] {
  return steps.filter(isCheckout).map(({ step }) => {
    const written = childOf(step.with, 'persist-credentials');
    const value = String(valueOf(written) ?? true);
    const known = /^(true|false)$/i.test(value);
    const ref = textOf(childOf(step.with, 'ref'));
    return {
      file: step.uses!.file,
      line: step.uses!.line,
      ...(known ? { persistCredentials: /^true$/i.test(value) } : {}),
      ...(ref === undefined ? {} : { ref }),
    };
  });
}

function privilegedTriggersOf(
  workflow: Workflow,
  steps: PlannedStep[],
): PrivilegedTrigger[] {
  const checksOut = steps.some(
    ({ step }) =>
      (step.run?.text ?? '')
        .split('\n')
        .some(line => FOREIGN_CHECKOUT.test(line.slice(0, 2_000))) ||
      (step.uses &&
        entriesOf(step.with).some(([name, { node }]) =>
          /^(ref|repository)$/.test(name)
            ? FOREIGN_REF.test(textOf(node) ?? '')
            : false,
        )),
  );
  const handsOver = workflow.jobs.some(job => job.uses);
  return [...workflow.events]
    .filter(([event]) => PRIVILEGED_EVENTS.includes(event))
    .map(([event, { line }]) => ({
      file: workflow.file,
      line,
      event,
      ...(checksOut || !handsOver ? { runsForeignCode: checksOut } : {}),
    }));
}

/** Whether a branch that is pushed and proposed for merging starts the workflow for both. */
function buildsTwice(workflow: Workflow): boolean | undefined {
  const push = workflow.events.get('push');
  const pull = workflow.events.get('pull_request');
  if (!push || !pull) {
    return false;
  }
  const branches = childOf(push.node, 'branches');
  const isAnyBranch = branches
    ? textsOf(branches).some(pattern => /^\*\*?(\/\*\*?)?$/.test(pattern))
    : !childOf(push.node, 'tags');
  if (!isAnyBranch) {
    return false;
  }
  const isDecided = workflow.jobs.some(
    job => !/\bgithub\.|\binputs\./.test(job.condition ?? ''),
  );
  return isDecided ? true : undefined;
}

function isBuilding(workflow: Workflow): boolean {
  return workflow.jobs.some(
    job => job.uses || job.steps.some(step => step.run),
  );
}

function containersOf(workflow: Workflow): { line: number; image: string }[] {
  return workflow.jobs.flatMap(job => {
    const nodes: (Located | undefined)[] = [
      childOf(job.node, 'container'),
      ...entriesOf(childOf(job.node, 'services')).map(([, { node }]) => node),
    ];
    return nodes.flatMap(node => {
      const image = node?.kind === 'map' ? childOf(node, 'image') : node;
      const text = textOf(image);
      return image && text ? [{ line: image.line, image: text }] : [];
    });
  });
}

/** Flattens the workflows of a repository into lists with a place for each element. */
export function describeWorkflows(
  repository: Repository,
  graph: WorkflowGraph,
): WorkflowFacts {
  const isLocked = readActionsLock(repository);
  const facts: WorkflowFacts = {
    workflows: [],
    pipelines: [],
    actions: [],
    checkouts: [],
    permissions: [],
    privilegedTriggers: [],
    expressions: [],
    secrets: [],
  };
  const actionsSeen = new Set<string>();
  const isHandedOn = readsUntrustedInput(graph);
  for (const workflow of graph.workflows) {
    const { file } = workflow;
    const jobs = graph.jobs.filter(planned => planned.workflow === workflow);
    const steps = jobs.flatMap(planned => planned.steps);
    const uses = [
      ...jobs.flatMap(({ job }) => (job.uses ? [job.uses] : [])),
      ...steps.flatMap(({ step }) => (step.uses ? [step.uses] : [])),
      ...containersOf(workflow).map(({ line, image }) => ({
        file,
        line,
        text: `docker://${image}`,
      })),
    ].map(reference => describeUses(reference, key => isLocked(file, key)));
    const triggers = graph.triggersOf(file);
    const twice = buildsTwice(workflow);
    facts.workflows.push({
      file,
      line: 1,
      name: workflow.name,
      events: [...workflow.events.keys()],
      uses,
      ...(twice === undefined ? {} : { buildsTwice: twice }),
      ...triggers,
    });
    facts.pipelines.push({
      file,
      line: 1,
      system: 'github-actions',
      name: workflow.name,
      builds: isBuilding(workflow),
      ...triggers,
    });
    for (const action of uses) {
      const key = `${action.file}:${action.line}:${action.uses}`;
      if (!actionsSeen.has(key)) {
        actionsSeen.add(key);
        facts.actions.push(action);
      }
    }
    for (const { job } of jobs.filter(planned => planned.opaque)) {
      const unread = { file, line: job.line, unreadable: true } as const;
      facts.actions.push(unread);
      facts.checkouts.push(unread);
      facts.expressions.push(unread);
    }
    facts.checkouts.push(...checkoutsOf(steps));
    facts.permissions.push(...permissionsOf(workflow));
    facts.privilegedTriggers.push(...privilegedTriggersOf(workflow, steps));
    facts.expressions.push(
      ...scriptExpressions(
        steps.map(s => s.step),
        isHandedOn,
      ),
    );
    facts.secrets.push(...secretUses(workflow));
  }
  for (const file of graph.unreadable) {
    for (const list of Object.values(facts)) {
      (list as unknown[]).push({ file, line: 1, unreadable: true });
    }
  }
  return facts;
}
