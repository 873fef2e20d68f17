import {
  segmentsOf,
  splitBranch,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { githubFailureOf } from './githubFailureOf';
import { GithubSession } from './GithubSession';

/** Their addresses are of a file, and the folder is the one that it is in. */
const FILE_VIEWS = ['blob', 'edit', 'raw'];

/** The branch and folder that an address names; the default branch when it names none. @internal */
export async function placeInRepository(
  session: GithubSession,
  url: string,
): Promise<{ branch: string; folder: string }> {
  const [, , view, ...rest] = segmentsOf(new URL(url).pathname);
  const segments = FILE_VIEWS.includes(view) ? rest.slice(0, -1) : rest;
  const { default_branch: defaultBranch } = session.repository;
  if (segments.length === 0) {
    return { branch: defaultBranch, folder: '' };
  }
  return splitBranch(segments, async name =>
    name === 'HEAD' ? defaultBranch : findBranch(session, name),
  );
}

/** The name GitHub has now for a branch, which is another one after a rename. */
async function findBranch(
  session: GithubSession,
  branch: string,
): Promise<string | undefined> {
  const task = { doing: 'read branches', needs: 'Contents: read' };
  return session.run(task, async () => {
    try {
      const { name } = await session.api.get(
        z.object({ name: z.string() }),
        'GET /repos/{owner}/{repo}/branches/{branch}',
        { ...session.place, branch },
      );
      return name;
    } catch (error) {
      if (githubFailureOf(error)?.status === 404) {
        return undefined;
      }
      throw error;
    }
  });
}
