import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { describeChange, isHotfix } from '../changeText';
import { readDisclosure } from '../disclosure/readDisclosure';
import { instantSchema } from '../instant';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import {
  accountSchema,
  optionalTextSchema,
  repositoryOf,
  repositorySchema,
  shaSchema,
} from './repository';

const pullRequestSchema = z.looseObject({
  action: z.string(),
  pull_request: z.looseObject({
    number: z.int().positive(),
    title: z.string(),
    body: z.string().nullish(),
    html_url: optionalTextSchema,
    created_at: instantSchema,
    merged: z.boolean().nullish(),
    merged_at: instantSchema.nullish(),
    merge_commit_sha: shaSchema.nullish(),
    additions: z.int().nonnegative().optional(),
    deletions: z.int().nonnegative().optional(),
    labels: z.array(z.looseObject({ name: z.string() })).default([]),
    user: accountSchema.nullish(),
    head: z.looseObject({ ref: z.string(), sha: shaSchema }),
    base: z.looseObject({ ref: z.string() }),
  }),
  repository: repositorySchema,
});

/** The change's id, which the push of its merge gives, too. */
export function pullRequestId(repository: string, number: number): string {
  return `${repository}#${number}`;
}

/**
 * `pull_request` opened, or closed by a merge into the default branch. The change's commit is that of the merge; title
 * and description are kept for the reverts in them.
 */
export function translatePullRequest(body: unknown): Translation {
  const message = readMessage(pullRequestSchema, body, 'GitHub pull_request');
  const { action, pull_request: pull } = message;
  const what = `pull_request ${action}`;
  if (action !== 'opened' && action !== 'closed') {
    return skip(what, 'only the opening and the merge of a change count');
  }
  if (action === 'closed' && !pull.merged) {
    return skip(what, 'the pull request was closed without a merge');
  }
  const main = message.repository.default_branch;
  if (main !== undefined && pull.base.ref !== main) {
    return skip(what, `its target is not the default branch '${main}'`);
  }
  const { source, repository } = repositoryOf(message.repository);
  const labels = pull.labels.map(({ name }) => name);
  const merged = action === 'closed';
  const { disclosure } = readDisclosure({
    messages: [describeChange(pull.title, pull.body)],
    authors: pull.user ? [{ githubId: pull.user.id }] : [],
    branch: pull.head.ref,
  });
  const id = pullRequestId(repository.id, pull.number);
  return translated(
    cdeventBody({
      name: merged ? 'change.merged' : 'change.created',
      source,
      identity: ['pull_request', pull.number, merged ? 'merged' : 'opened'],
      at: merged ? pull.merged_at ?? pull.created_at : pull.created_at,
      subject: {
        id,
        source: repository.source,
        content: {
          repository,
          description: describeChange(pull.title, pull.body),
        },
      },
      goldenPath: {
        sha: merged ? pull.merge_commit_sha ?? pull.head.sha : pull.head.sha,
        disclosure,
        kind: isHotfix(pull.head.ref, labels) ? 'hotfix' : undefined,
        linesChanged:
          pull.additions === undefined || pull.deletions === undefined
            ? undefined
            : pull.additions + pull.deletions,
        url: pull.html_url,
      },
    }),
  );
}
