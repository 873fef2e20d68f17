import { localPath } from './workflowCalls';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

/** What runs before and after a job, through `needs` and calls of workflows of the repository. */
export interface JobOrder {
  /** Whether every way to the job leads through a job that fulfils a condition. */
  before(job: PlannedJob, holds: (other: PlannedJob) => boolean): boolean;
  /** Whether every way from the job leads to one that fulfils a condition. */
  after(job: PlannedJob, holds: (other: PlannedJob) => boolean): boolean;
  /** Whether a job that fulfils a condition stands on a way of which nobody knows whether it is always taken. */
  perhaps(
    job: PlannedJob,
    direction: 'before' | 'after',
    holds: (other: PlannedJob) => boolean,
  ): boolean;
  /** Calls of the workflow a job stands in. */
  callers(job: PlannedJob): PlannedJob[];
}

/** How two jobs of a pipeline stand to each other; `undefined` when that depends. */
export interface JobRelation {
  /** The later one runs only after the earlier one has succeeded. */
  waits(later: PlannedJob, earlier: PlannedJob): boolean | undefined;
  /** After the earlier one has succeeded, the later one always runs. */
  follows(later: PlannedJob, earlier: PlannedJob): boolean | undefined;
}

/** The order of jobs of one pipeline that call no others. */
export function orderBy(
  jobs: readonly PlannedJob[],
  relation: JobRelation,
): JobOrder {
  function linked(
    job: PlannedJob,
    direction: 'before' | 'after',
    isLink: (held: boolean | undefined) => boolean,
  ): PlannedJob[] {
    const found = new Set<PlannedJob>();
    const visit = (at: PlannedJob) => {
      for (const other of jobs) {
        const held =
          direction === 'before'
            ? relation.waits(at, other)
            : relation.follows(other, at);
        if (isLink(held) && other !== at && !found.has(other)) {
          found.add(other);
          visit(other);
        }
      }
    };
    visit(job);
    return [...found];
  }
  return {
    before: (job, holds) =>
      linked(job, 'before', held => held === true).some(holds),
    after: (job, holds) =>
      linked(job, 'after', held => held === true).some(holds),
    perhaps: (job, direction, holds) =>
      linked(job, direction, held => held !== false).some(holds),
    callers: () => [],
  };
}

const MAX_DEPTH = 20;

/** Works out the order of the jobs of a repository. */
export function jobOrder(graph: WorkflowGraph): JobOrder {
  const called = (job: PlannedJob): PlannedJob[] => {
    const file = job.job.uses && localPath(job.job.uses.text);
    return file === undefined
      ? []
      : graph.jobs.filter(other => other.workflow.file === file);
  };
  const callers = (job: PlannedJob) =>
    graph.jobs.filter(
      other =>
        other.job.uses && localPath(other.job.uses.text) === job.workflow.file,
    );
  const siblings = (job: PlannedJob) =>
    graph.jobs.filter(other => other.workflow === job.workflow);

  function withCalled(job: PlannedJob, depth = 0): PlannedJob[] {
    return depth >= MAX_DEPTH
      ? [job]
      : [job, ...called(job).flatMap(other => withCalled(other, depth + 1))];
  }

  /** Jobs of the same workflow that the job waits for, or that wait for it, at any distance. */
  function linked(job: PlannedJob, direction: 'before' | 'after') {
    const found = new Set<PlannedJob>();
    const visit = (at: PlannedJob) => {
      for (const other of siblings(at)) {
        const isNext =
          direction === 'before'
            ? at.job.needs.includes(other.job.id)
            : other.job.needs.includes(at.job.id);
        if (isNext && !found.has(other)) {
          found.add(other);
          visit(other);
        }
      }
    };
    visit(job);
    return [...found].flatMap(other => withCalled(other));
  }

  function reaches(
    job: PlannedJob,
    holds: (other: PlannedJob) => boolean,
    direction: 'before' | 'after',
    depth: number,
  ): boolean {
    if (linked(job, direction).some(holds)) {
      return true;
    }
    const from = depth < MAX_DEPTH ? callers(job) : [];
    return (
      from.length > 0 &&
      from.every(caller => reaches(caller, holds, direction, depth + 1))
    );
  }

  return {
    before: (job, holds) => reaches(job, holds, 'before', 0),
    after: (job, holds) => reaches(job, holds, 'after', 0),
    perhaps: () => false,
    callers,
  };
}
