import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { describeChange, pathsOf } from '../changeText';
import { readDisclosure } from '../disclosure/readDisclosure';
import { readMessage, skip, type Translation } from '../translation';
import { gitlabInstantSchema } from './gitlabInstant';
import { mergeRequestId } from './mergeRequests';
import {
  optionalTextSchema,
  projectPlace,
  projectSchema,
  shaSchema,
} from './project';

const pathListSchema = z.array(z.string()).nullish();

const commitSchema = z.looseObject({
  id: shaSchema,
  message: z.string(),
  /** The author's time. */
  timestamp: gitlabInstantSchema,
  url: optionalTextSchema,
  author: z.looseObject({ email: z.string().nullish() }).nullish(),
  added: pathListSchema,
  modified: pathListSchema,
  removed: pathListSchema,
});

const pushSchema = z.looseObject({
  ref: z.string(),
  commits: z.array(commitSchema).max(5_000).default([]),
  total_commits_count: z.int().nonnegative().nullish(),
  project: projectSchema.extend({ default_branch: z.string().min(1) }),
});

type Commit = z.infer<typeof commitSchema>;

/** Commits that came to the default branch together: those of one merge request, or one pushed by itself. */
interface Change {
  mergeRequest?: number;
  commits: Commit[];
}

/** The line GitLab writes into a merge commit. */
const MERGE_PATTERN = /^See merge request \S*!(\d{1,9})\s*$/m;
const MERGED_BRANCH_PATTERN = /^Merge branch '([^']+)' into /;

function changesOf(commits: readonly Commit[]): Change[] {
  const changes: Change[] = [];
  let open: Commit[] = [];
  for (const commit of commits) {
    const merged = MERGE_PATTERN.exec(commit.message)?.[1];
    if (merged === undefined) {
      open.push(commit);
    } else {
      changes.push({
        mergeRequest: Number(merged),
        commits: [...open, commit],
      });
      open = [];
    }
  }
  return [...changes, ...open.map(commit => ({ commits: [commit] }))];
}

/**
 * Push to the default branch: one `change.merged` per commit that was pushed by itself, and one per merge request among
 * them. GitLab names the latest 20 commits of a push; that there were more is said in `skipped`.
 */
export function translatePush(body: unknown, receivedAt: Date): Translation {
  const message = readMessage(pushSchema, body, 'GitLab Push');
  const { ref, commits, project } = message;
  if (ref !== `refs/heads/${project.default_branch}`) {
    return skip(
      `push to ${ref}`,
      `not to the default branch '${project.default_branch}'`,
    );
  }
  if (commits.length === 0) {
    return skip(`push to ${ref}`, 'it brings no commit');
  }
  const { source, repository } = projectPlace(project);
  const unnamed = Math.max(
    0,
    (message.total_commits_count ?? 0) - commits.length,
  );
  const events = changesOf(commits).map(change => {
    const head = change.commits[change.commits.length - 1];
    const written =
      change.commits.length > 1 ? change.commits.slice(0, -1) : change.commits;
    const { disclosure } = readDisclosure({
      messages: change.commits.map(commit => commit.message),
      authors: written.flatMap(({ author }) =>
        author?.email ? [{ email: author.email }] : [],
      ),
      branch: MERGED_BRANCH_PATTERN.exec(head.message)?.[1],
    });
    const startedAt = Math.min(
      ...written.map(({ timestamp }) => timestamp.getTime()),
    );
    return cdeventBody({
      name: 'change.merged',
      source,
      identity: ['push', head.id, 'merged'],
      // GitLab names no time of the push.
      at: receivedAt,
      subject: {
        id:
          change.mergeRequest === undefined
            ? head.id
            : mergeRequestId(repository.id, change.mergeRequest),
        source: repository.source,
        content: {
          repository,
          description: describeChange(
            change.commits.map(commit => commit.message).join('\n\n'),
          ),
        },
      },
      goldenPath: {
        sha: head.id,
        disclosure,
        startedAt: new Date(startedAt).toISOString(),
        paths: pathsOf(
          change.commits.map(({ added, modified, removed }) => ({
            added: added ?? [],
            modified: modified ?? [],
            removed: removed ?? [],
          })),
        ),
        url: head.url,
      },
    });
  });
  return {
    events,
    skipped:
      unnamed === 0
        ? []
        : [
            {
              what: `${unnamed} earlier commits of the push`,
              reason: 'GitLab names only the latest of a push',
            },
          ],
  };
}
