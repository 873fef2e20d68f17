import type { Triggers } from './pipelineData';
import type { Repository } from './repositoryFile';
import { constantTriggers, either, underCondition } from './triggers';
import { localPath, resolveCalls } from './workflowCalls';
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
  /** Set for a job whose kind says that it deploys, as a stage of Harness does. */
  deploysService?: { byDigest: boolean | undefined };
  /** Runs for changes only because it runs for every push: what it deploys is no trial of a change. */
  onEveryPush?: boolean;
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

  const { triggersOf, jobTriggers, isConcurrent } = resolveCalls(
    workflows,
    unreadable.length > 0,
  );

  const planJob = (workflow: Workflow, job: Job): PlannedJob => {
    const planned: PlannedJob = {
      job,
      workflow,
      triggers: jobTriggers(job),
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
