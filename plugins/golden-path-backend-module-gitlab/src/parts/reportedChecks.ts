import {
  ForgeGapError,
  ForgePart,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { GitlabContext } from './project';
import { CommitStatus, readStatuses } from './statuses';

/** How GitLab's words for an end are called in the fact; the others are of jobs that have not ended. */
const CONCLUSIONS: Record<string, string> = {
  success: 'success',
  failed: 'failure',
  canceled: 'cancelled',
  skipped: 'skipped',
};

/** Jobs and external statuses on the newest commit of the default branch. @internal */
export function reportedChecksPart(context: GitlabContext): ForgePart {
  return {
    paths: ['reportedChecks'],
    needs: "the scope 'read_api' and the role Reporter",
    async read() {
      const { items, complete } = await readStatuses(context);
      if (!complete) {
        throw new ForgeGapError(
          'The newest commit has more jobs and statuses than are read',
        );
      }
      return { data: { reportedChecks: describeStatuses(items) } };
    },
  };
}

/** @internal */
export function describeStatuses(
  statuses: CommitStatus[],
): NonNullable<ForgeData['reportedChecks']> {
  const checks = statuses.map(({ name, status, target_url: url }) => ({
    name,
    conclusion: CONCLUSIONS[status] ?? null,
    url: url ?? undefined,
  }));
  // Newest first, and a job that was started again is there twice
  return [...new Map(checks.reverse().map(c => [c.name, c])).values()];
}
