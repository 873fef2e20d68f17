import type { Attempt, PipelineRun } from './pipelineRuns';

/** The time of failed attempts that later passed on the same commit. */
export interface RerunWaste {
  /** Null where none of the wasted attempts has a known duration. */
  seconds: number | null;
  wasted: Attempt[];
  /** Wasted attempts without a known duration. */
  untimed: number;
}

/** What failed and then passed, over all attempts of the runs. */
export function rerunWaste(runs: readonly PipelineRun[]): RerunWaste {
  const wasted = runs
    .flatMap(({ attempts }) => attempts)
    .filter(({ passedLater }) => passedLater);
  const timed = wasted.filter(({ seconds }) => seconds !== undefined);
  return {
    seconds:
      timed.length === 0 && wasted.length > 0
        ? null
        : timed.reduce((sum, { seconds }) => sum + seconds!, 0),
    wasted,
    untimed: wasted.length - timed.length,
  };
}
