import {
  ForgeGapError,
  ForgePart,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeData } from '@goldenpath/engine';
import { z } from 'zod';
import { GithubContext, placeOf } from './repository';

/** @internal */
export const checkRunSchema = z.object({
  name: z.string(),
  conclusion: z.string().nullable(),
  html_url: z.string().nullish(),
});

/** @internal */
export const combinedStatusSchema = z.object({
  statuses: z.array(
    z.object({
      context: z.string(),
      state: z.string(),
      target_url: z.string().nullish(),
    }),
  ),
});

const MOST_PAGES = 3;

/**
 * What was reported on the newest commit of the default branch: check runs, and the older commit statuses. Both or
 * none, since a check missing from half a list looks as if nobody reported it.
 * @internal
 */
export function reportedChecksPart(context: GithubContext): ForgePart {
  const { api, repository } = context;
  const place = { ...placeOf(context), ref: repository.default_branch };
  return {
    paths: ['reportedChecks'],
    needs: 'Checks: read, Commit statuses: read',
    async read() {
      const { items, complete } = await api.list(
        checkRunSchema,
        'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
        place,
        MOST_PAGES,
      );
      if (!complete) {
        throw new ForgeGapError(
          `The newest commit has more than ${
            MOST_PAGES * 100
          } check runs, and only so many are read`,
        );
      }
      const combined = await api.get(
        combinedStatusSchema,
        'GET /repos/{owner}/{repo}/commits/{ref}/status',
        { ...place, per_page: 100 },
      );
      return { data: { reportedChecks: describeChecks(items, combined) } };
    },
  };
}

/** One entry per name; a status that is pending has no conclusion yet. @internal */
export function describeChecks(
  runs: z.infer<typeof checkRunSchema>[],
  { statuses }: z.infer<typeof combinedStatusSchema>,
): NonNullable<ForgeData['reportedChecks']> {
  const checks = [
    ...statuses.map(({ context, state, target_url: url }) => ({
      name: context,
      conclusion: state === 'pending' ? null : state,
      url: url ?? undefined,
    })),
    ...runs.map(({ name, conclusion, html_url: url }) => ({
      name,
      conclusion,
      url: url ?? undefined,
    })),
  ];
  return [...new Map(checks.map(check => [check.name, check])).values()];
}
