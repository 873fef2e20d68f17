import { z } from 'zod';
import { cdeventBody, type CdeventBody } from '../cdeventBody';
import { describeChange, pathsOf } from '../changeText';
import { readDisclosure } from '../disclosure/readDisclosure';
import { epochSecondsSchema, instantSchema } from '../instant';
import { readMessage, skip, type Translation } from '../translation';
import { pullRequestId } from './pullRequests';
import {
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
  shaSchema,
} from './repository';

/** Changes kept of one push; it is the import of a history that has more. */
const MAX_CHANGES = 300;

const authorSchema = z.looseObject({ email: z.string().nullish() });
const pathListSchema = z.array(z.string()).default([]);

const commitSchema = z.looseObject({
  id: shaSchema,
  message: z.string(),
  /** The author's time. */
  timestamp: instantSchema,
  url: optionalTextSchema,
  author: authorSchema.nullish(),
  committer: authorSchema.nullish(),
  added: pathListSchema,
  modified: pathListSchema,
  removed: pathListSchema,
});

const pushSchema = z.looseObject({
  ref: z.string(),
  deleted: z.boolean().optional(),
  commits: z.array(commitSchema).max(5_000),
  repository: repositorySchema.extend({
    default_branch: z.string().min(1),
    pushed_at: z.union([epochSecondsSchema, instantSchema]).nullish(),
  }),
});

type Commit = z.infer<typeof commitSchema>;

/** Commits that came to the default branch together: those of one pull request, or one pushed by itself. */
interface Change {
  pullRequest?: number;
  /** The last is the one that the default branch is at. */
  commits: Commit[];
}

const MERGE_PATTERN = /^Merge pull request #(\d{1,9}) from /;
const SQUASH_PATTERN = /\(#(\d{1,9})\)$/;

/**
 * Puts the commits of a merged pull request together, by the words GitHub writes into the merge: a merge commit takes the
 * commits before it, a squashed one stands for itself. What remains was pushed, or rebased, commit by commit.
 */
function changesOf(commits: readonly Commit[]): Change[] {
  const changes: Change[] = [];
  let open: Commit[] = [];
  const close = () => {
    changes.push(...open.map(commit => ({ commits: [commit] })));
    open = [];
  };
  for (const commit of commits) {
    const subject = commit.message.split(/\r?\n/, 1)[0];
    const merged = MERGE_PATTERN.exec(subject)?.[1];
    const squashed = SQUASH_PATTERN.exec(subject)?.[1];
    if (merged !== undefined) {
      changes.push({
        pullRequest: Number(merged),
        commits: [...open, commit],
      });
      open = [];
    } else if (squashed !== undefined) {
      close();
      changes.push({ pullRequest: Number(squashed), commits: [commit] });
    } else {
      open.push(commit);
    }
  }
  close();
  return changes;
}

function emailsOf(people: Commit['author'][]): { email: string }[] {
  return people
    .map(person => person?.email)
    .filter(email => typeof email === 'string')
    .map(email => ({ email }));
}

function bodyOf(
  { pullRequest, commits }: Change,
  at: Date,
  { source, repository }: ReturnType<typeof repositoryOf>,
): CdeventBody {
  const head = commits[commits.length - 1];
  // Whoever merges is no author of what is merged.
  const written = commits.length > 1 ? commits.slice(0, -1) : commits;
  const { disclosure } = readDisclosure({
    messages: commits.map(({ message }) => message),
    authors: emailsOf(written.map(({ author }) => author)),
    committers: emailsOf(written.map(({ committer }) => committer)),
    branch: /^Merge pull request #\d+ from [^/\s]+\/(\S+)/.exec(
      head.message,
    )?.[1],
  });
  const startedAt = Math.min(
    ...written.map(({ timestamp }) => timestamp.getTime()),
  );
  return cdeventBody({
    name: 'change.merged',
    source,
    identity: ['push', head.id, 'merged'],
    at,
    subject: {
      id:
        pullRequest === undefined
          ? head.id
          : pullRequestId(repository.id, pullRequest),
      source: repository.source,
      content: {
        repository,
        description: describeChange(
          commits.map(({ message }) => message).join('\n\n'),
        ),
      },
    },
    goldenPath: {
      sha: head.id,
      disclosure,
      startedAt: new Date(startedAt).toISOString(),
      paths: pathsOf(commits),
      url: head.url,
    },
  });
}

/**
 * `push` to the default branch: one `change.merged` per commit that was pushed by itself, and one per pull request among
 * them, under the same subject and commit as its own message gives: only the push knows its commits, their authors'
 * times and the paths.
 */
export function translatePush(body: unknown, receivedAt: Date): Translation {
  const message = readMessage(pushSchema, body, 'GitHub push');
  const { ref, deleted, commits, repository } = message;
  if (ref !== `refs/heads/${repository.default_branch}`) {
    return skip(
      `push to ${ref}`,
      `not to the default branch '${repository.default_branch}'`,
    );
  }
  if (deleted || commits.length === 0) {
    return skip(`push to ${ref}`, 'it brings no commit');
  }
  const changes = changesOf(commits);
  const left = Math.max(0, changes.length - MAX_CHANGES);
  const place = repositoryOf(repository);
  return {
    events: changes
      .slice(left)
      .map(change => bodyOf(change, repository.pushed_at ?? receivedAt, place)),
    skipped:
      left === 0
        ? []
        : [
            {
              what: `the first ${left} changes of the push`,
              reason: `at most ${MAX_CHANGES} of one push are kept`,
            },
          ],
  };
}
