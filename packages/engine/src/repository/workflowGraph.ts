import type { Triggers } from './pipelineData';
import { normalisePath, type Repository } from './repositoryFile';
import {
  bothTriggers,
  constantTriggers,
  either,
  eitherTriggers,
  ownTriggers,
  underCondition,
} from './triggers';
import {
  isWorkflowPath,
  type Job,
  readLocalAction,
  readWorkflow,
  type Step,
  type Workflow,
} from './workflow';

/** A step with the composite actions of the repository opened up. */
export interface PlannedStep {
  step: Step;
  triggers: Triggers;
  continueOnError: boolean | undefined;
}

export interface PlannedJob {
  job: Job;
  workflow: Workflow;
  triggers: Triggers;
  /** Under a `concurrency` group of its own, of its workflow, or of every caller. */
  concurrency: boolean;
  continueOnError: boolean | undefined;
  steps: PlannedStep[];
  /** Set when the job, or a step of it, hands over to a local file that cannot be read. */
  opaque: boolean;
}

/** All GitHub workflows of a repository, with when each job runs. */
export interface WorkflowGraph {
  workflows: Workflow[];
  /** Workflow files that make no sense. */
  unreadable: string[];
  jobs: PlannedJob[];
  triggersOf(file: string): Triggers;
}

const MAX_DEPTH = 10;
const MAX_WORKFLOWS = 500;
const KEEPS_RUNNING = /\b(always|failure|cancelled)\s*\(/;

/** Path of a `./` or `$/` reference. */
export function localPath(uses: string): string | undefined {
  return /^[.$]\//.test(uses) ? normalisePath(uses.slice(2)) : undefined;
}

/** Reads all workflows and works out when their jobs run: through events, calls, `needs` and `if`. */
export function readWorkflowGraph(repository: Repository): WorkflowGraph {
  const paths = repository.paths.filter(isWorkflowPath);
  const workflows = new Map<string, Workflow>();
  const unreadable = paths.slice(MAX_WORKFLOWS);
  for (const file of paths.slice(0, MAX_WORKFLOWS)) {
    const workflow = readWorkflow(repository, file);
    if (workflow === 'unreadable') {
      unreadable.push(file);
    } else {
      workflows.set(file, workflow);
    }
  }
  for (const file of paths.slice(MAX_WORKFLOWS)) {
    const message = `Only ${MAX_WORKFLOWS} workflows are read`;
    repository.report({ file, line: 1, message });
  }

  const callers = new Map<string, { workflow: Workflow; job: Job }[]>();
  for (const workflow of workflows.values()) {
    for (const job of workflow.jobs) {
      const called = job.uses && localPath(job.uses.text);
      if (called) {
        callers.set(called, [
          ...(callers.get(called) ?? []),
          { workflow, job },
        ]);
      }
    }
  }

  const known = new Map<string, Triggers>();
  const triggersOf = (file: string, depth = 0): Triggers => {
    const workflow = workflows.get(file);
    const cached = known.get(file);
    if (!workflow || cached) {
      return cached ?? {};
    }
    let triggers = ownTriggers(workflow.events);
    if (workflow.events.has('workflow_call')) {
      if (unreadable.length > 0 || depth >= MAX_DEPTH) {
        triggers = eitherTriggers(triggers, {});
      }
      if (depth < MAX_DEPTH) {
        for (const { workflow: caller, job } of callers.get(file) ?? []) {
          triggers = eitherTriggers(
            triggers,
            jobTriggers(caller, job, depth + 1),
          );
        }
      }
    }
    if (depth === 0) {
      known.set(file, triggers);
    }
    return triggers;
  };

  const jobTriggers = (
    workflow: Workflow,
    job: Job,
    depth = 0,
    seen: string[] = [],
  ): Triggers => {
    let triggers = triggersOf(workflow.file, depth);
    if (!KEEPS_RUNNING.test(job.condition ?? '')) {
      for (const id of job.needs) {
        const needed = workflow.jobs.find(other => other.id === id);
        if (needed && !seen.includes(id) && seen.length < 50) {
          triggers = bothTriggers(
            triggers,
            jobTriggers(workflow, needed, depth, [...seen, job.id]),
          );
        }
      }
    }
    return underCondition(triggers, job.condition);
  };

  const isConcurrent = (workflow: Workflow, job: Job, depth = 0): boolean => {
    const own =
      workflow.concurrency ||
      (job.node.kind === 'map' && job.node.entries.has('concurrency'));
    const from = callers.get(workflow.file) ?? [];
    const onlyCalled =
      ownTriggers(workflow.events).pullRequest === false && from.length > 0;
    return (
      own ||
      (onlyCalled &&
        depth < MAX_DEPTH &&
        from.every(c => isConcurrent(c.workflow, c.job, depth + 1)))
    );
  };

  const planJob = (workflow: Workflow, job: Job): PlannedJob => {
    const planned: PlannedJob = {
      job,
      workflow,
      triggers: jobTriggers(workflow, job),
      concurrency: isConcurrent(workflow, job),
      continueOnError: job.continueOnError,
      steps: [],
      opaque: false,
    };
    const called = job.uses && localPath(job.uses.text);
    if (called !== undefined && !workflows.has(called)) {
      planned.opaque = true;
    }
    const addSteps = (
      steps: Step[],
      triggers: Triggers,
      continueOnError: boolean | undefined,
      depth: number,
    ) => {
      for (const step of steps) {
        const at: PlannedStep = {
          step,
          triggers: underCondition(triggers, step.condition),
          continueOnError: either(continueOnError, step.continueOnError),
        };
        planned.steps.push(at);
        const folder = step.uses && localPath(step.uses.text);
        if (folder !== undefined) {
          const action = readLocalAction(repository, folder);
          if (action === 'unreadable' || depth >= MAX_DEPTH) {
            planned.opaque = true;
          } else if (planned.steps.length < 5_000) {
            addSteps(action.steps, at.triggers, at.continueOnError, depth + 1);
          }
        }
      }
    };
    addSteps(job.steps, planned.triggers, job.continueOnError, 0);
    return planned;
  };

  const all = [...workflows.values()];
  return {
    workflows: all,
    unreadable,
    jobs: all.flatMap(w => w.jobs.map(job => planJob(w, job))),
    triggersOf: file =>
      workflows.has(file) ? triggersOf(file) : constantTriggers(false),
  };
}
