import type { Triggers } from './pipelineData';
import { normalisePath } from './repositoryFile';
import {
  bothTriggers,
  eitherTriggers,
  ownTriggers,
  underCondition,
} from './triggers';
import type { Job, Workflow } from './workflow';

const MAX_ROUNDS = 12;
const KEEPS_RUNNING = /\b(always|failure|cancelled)\s*\(/;

/** Path of a `./` or `$/` reference. */
export function localPath(uses: string): string | undefined {
  return /^[.$]\//.test(uses) ? normalisePath(uses.slice(2)) : undefined;
}

interface Call {
  workflow: Workflow;
  job: Job;
}

function callsByFile(workflows: ReadonlyMap<string, Workflow>) {
  const calls = new Map<string, Call[]>();
  for (const workflow of workflows.values()) {
    for (const job of workflow.jobs) {
      const called = job.uses && localPath(job.uses.text);
      if (called !== undefined && workflows.has(called)) {
        const known = calls.get(called);
        if (known) {
          known.push({ workflow, job });
        } else {
          calls.set(called, [{ workflow, job }]);
        }
      }
    }
  }
  return calls;
}

/** When the jobs of one workflow run, given when the workflow does: a job waits for those it needs. */
function triggersOfJobs(
  workflow: Workflow,
  triggers: Triggers,
): Map<Job, Triggers> {
  const byId = new Map(workflow.jobs.map(job => [job.id, job]));
  const found = new Map<Job, Triggers>();
  const visit = (job: Job, depth: number): Triggers => {
    const known = found.get(job);
    if (known) {
      return known;
    }
    // Until it is known a job is open, which also ends circles.
    found.set(job, {});
    let own = triggers;
    if (!KEEPS_RUNNING.test(job.condition ?? '')) {
      for (const id of job.needs) {
        const needed = byId.get(id);
        if (needed) {
          own = bothTriggers(own, depth < 500 ? visit(needed, depth + 1) : {});
        }
      }
    }
    const result = underCondition(own, job.condition);
    found.set(job, result);
    return result;
  };
  workflow.jobs.forEach(job => visit(job, 0));
  return found;
}

/**
 * Works out what reaches workflows through calls within the repository. Goes round until nothing changes, so that
 * circles and long chains of calls take no longer than others.
 *
 * @param hasUnread - whether a workflow cannot be read: it may call any other
 */
export function resolveCalls(
  workflows: ReadonlyMap<string, Workflow>,
  hasUnread: boolean,
) {
  const calls = callsByFile(workflows);
  const own = new Map<string, Triggers>();
  for (const workflow of workflows.values()) {
    const triggers = ownTriggers(workflow.events);
    const isOpen = hasUnread && workflow.events.has('workflow_call');
    own.set(workflow.file, isOpen ? eitherTriggers(triggers, {}) : triggers);
  }

  let triggers = own;
  let jobs = new Map<Job, Triggers>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const now = new Map<Job, Triggers>();
    for (const workflow of workflows.values()) {
      const ofFile = triggers.get(workflow.file) ?? {};
      triggersOfJobs(workflow, ofFile).forEach((t, job) => now.set(job, t));
    }
    jobs = now;
    const next = new Map<string, Triggers>();
    for (const workflow of workflows.values()) {
      const isCallable = workflow.events.has('workflow_call');
      next.set(
        workflow.file,
        (isCallable ? calls.get(workflow.file) ?? [] : []).reduce(
          (reached, call) => eitherTriggers(reached, now.get(call.job) ?? {}),
          own.get(workflow.file) ?? {},
        ),
      );
    }
    const isSame = JSON.stringify([...next]) === JSON.stringify([...triggers]);
    triggers = next;
    if (isSame) {
      break;
    }
  }

  const hasGroup = (job: Job) =>
    job.node.kind === 'map' && job.node.entries.has('concurrency');
  const covered = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = covered.size;
    for (const { file, concurrency, events } of workflows.values()) {
      const from = calls.get(file) ?? [];
      const isOnlyCalled =
        ownTriggers(events).pullRequest === false && from.length > 0;
      const isCovered =
        concurrency ||
        (isOnlyCalled &&
          from.every(c => hasGroup(c.job) || covered.has(c.workflow.file)));
      if (isCovered) {
        covered.add(file);
      }
    }
    if (covered.size === before) {
      break;
    }
  }

  return {
    triggersOf: (file: string): Triggers => triggers.get(file) ?? {},
    jobTriggers: (job: Job): Triggers => jobs.get(job) ?? {},
    /** Whether a job runs under a group of its own, of its workflow, or of every caller. */
    isConcurrent: (workflow: Workflow, job: Job): boolean =>
      hasGroup(job) || covered.has(workflow.file),
  };
}
