import {
  ChangeChecks,
  combineChecks,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { GithubApi } from '../api/GithubApi';
import { githubFailureOf } from './githubFailureOf';

const runSchema = z.object({ conclusion: z.string().nullable() });

const combinedSchema = z.object({
  state: z.string(),
  total_count: z.number(),
});

const MOST_PAGES = 3;
/** Credentials that may not read checks, such as a fine-grained token, leave them unknown. */
const NOT_SHOWN = [403, 404];

/**
 * What check runs and commit statuses say of a commit.
 *
 * @remarks
 * Where one of the two may not be read, the answer is `unknown` unless the other one is failing or pending.
 * @internal
 */
export async function readHeadChecks(
  api: GithubApi,
  place: { owner: string; repo: string },
  ref: string,
): Promise<ChangeChecks> {
  const statuses = await unlessHidden(async () => {
    const { state, total_count: count } = await api.get(
      combinedSchema,
      'GET /repos/{owner}/{repo}/commits/{ref}/status',
      { ...place, ref },
    );
    return count === 0 ? [] : [checkOfStatus(state)];
  });
  const runs = await unlessHidden(async () => {
    const { items, complete } = await api.list(
      runSchema,
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      { ...place, ref },
      MOST_PAGES,
    );
    const checks = items
      .filter(({ conclusion }) => conclusion !== 'skipped')
      .map(({ conclusion }) => checkOfRun(conclusion));
    return complete ? checks : [...checks, 'unknown'];
  });
  return combineChecks([...statuses, ...runs]);
}

async function unlessHidden(
  read: () => Promise<ChangeChecks[]>,
): Promise<ChangeChecks[]> {
  try {
    return await read();
  } catch (error) {
    const failure = githubFailureOf(error);
    if (!failure?.limited && NOT_SHOWN.includes(failure?.status ?? 0)) {
      return ['unknown'];
    }
    throw error;
  }
}

function checkOfStatus(state: string): ChangeChecks {
  if (state === 'success') {
    return 'passing';
  }
  return state === 'pending' ? 'pending' : 'failing';
}

function checkOfRun(conclusion: string | null): ChangeChecks {
  switch (conclusion) {
    case null:
      return 'pending';
    case 'success':
    case 'neutral':
      return 'passing';
    case 'stale':
      return 'unknown';
    default:
      return 'failing';
  }
}
