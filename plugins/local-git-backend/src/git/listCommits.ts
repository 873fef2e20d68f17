import { CommitsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { RepositoryFolder } from './repositoryFolder';
import { runGit } from './runGit';

const FIELDS = ['%H', '%s', '%an', '%cI'];

/**
 * The newest commits that a commit descends from, itself first.
 *
 * @param options.commit - full sha
 * @param options.without - full sha of a commit; neither it nor what it descends from is listed
 * @param options.limit - greatest number of commits
 */
export async function listCommits(
  options: RepositoryFolder & {
    commit: string;
    without?: string;
    limit: number;
  },
): Promise<CommitsResponse['items']> {
  const output = await runGit({
    directory: options.directory,
    args: [
      '--git-dir',
      options.gitDir,
      'log',
      '-z',
      '--encoding=UTF-8',
      `--max-count=${options.limit}`,
      `--format=${FIELDS.join('%x00')}`,
      '--end-of-options',
      options.commit,
      ...(options.without ? [`^${options.without}`] : []),
      '--',
    ],
  });
  const values = output.toString('utf8').split('\0');
  const commits: CommitsResponse['items'] = [];
  for (let at = 0; at + FIELDS.length <= values.length; at += FIELDS.length) {
    const [sha, subject, author, date] = values.slice(at, at + FIELDS.length);
    commits.push({ sha, subject, author, at: toUtc(date) });
  }
  return commits;
}

function toUtc(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString();
}
