import { childOf, itemsOf, type Located, textOf } from './locatedTree';

/** Actions that tell which paths a change touches. */
const FILTERS =
  /^(dorny|step-security)\/paths-filter@|^(tj-actions|step-security)\/changed-files@/i;
const MAX_CONDITION_LENGTH = 2_000;

function filterSteps(job: Located | undefined): Set<string> {
  return new Set(
    itemsOf(childOf(job, 'steps'))
      .filter(step => FILTERS.test(textOf(childOf(step, 'uses')) ?? ''))
      .map(step => textOf(childOf(step, 'id')) ?? ''),
  );
}

function isAnswer(job: Located | undefined, expression: string): boolean {
  const step = /steps\.([\w-]+)\.outputs\./.exec(expression)?.[1];
  return step !== undefined && filterSteps(job).has(step);
}

/**
 * A condition with `true` in place of each question whether the change touches certain paths, put to a step of the same
 * job or through an output of another one. Such a job runs as one under `paths` does: when there is something to do.
 *
 * @param options.job - the job the condition stands in
 * @param options.jobs - `jobs` of the workflow
 */
export function withoutPathFilters(options: {
  condition: string | undefined;
  job: Located | undefined;
  jobs: Located | undefined;
}): string | undefined {
  const { condition, job, jobs } = options;
  if (condition === undefined || condition.length > MAX_CONDITION_LENGTH) {
    return condition;
  }
  return condition
    .replace(
      /needs\.([\w-]+)\.outputs\.([\w-]+)\s*==\s*'true'/g,
      (asked, id: string, output: string) => {
        const other = childOf(jobs, id);
        const written = textOf(childOf(other, 'outputs', output)) ?? '';
        return isAnswer(other, written) ? 'true' : asked;
      },
    )
    .replace(/steps\.[\w-]+\.outputs\.[\w-]+\s*==\s*'true'/g, asked =>
      isAnswer(job, asked) ? 'true' : asked,
    );
}
