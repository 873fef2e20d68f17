import { z } from 'zod';
import { cdeventBody } from '../cdeventBody';
import { describeChange, isHotfix } from '../changeText';
import { readDisclosure } from '../disclosure/readDisclosure';
import {
  readMessage,
  skip,
  translated,
  type Translation,
} from '../translation';
import { gitlabInstantSchema } from './gitlabInstant';
import {
  optionalTextSchema,
  projectPlace,
  projectSchema,
  shaSchema,
} from './project';

const mergeRequestSchema = z.looseObject({
  object_attributes: z.looseObject({
    iid: z.int().positive(),
    action: optionalTextSchema,
    title: z.string(),
    description: z.string().nullish(),
    source_branch: z.string(),
    target_branch: z.string(),
    merge_commit_sha: shaSchema.nullish(),
    squash_commit_sha: shaSchema.nullish(),
    last_commit: z
      .looseObject({
        id: shaSchema,
        message: z.string().nullish(),
        author: z.looseObject({ email: z.string().nullish() }).nullish(),
      })
      .nullish(),
    created_at: gitlabInstantSchema,
    updated_at: gitlabInstantSchema.nullish(),
    merged_at: gitlabInstantSchema.nullish(),
    url: optionalTextSchema,
  }),
  labels: z.array(z.looseObject({ title: z.string() })).default([]),
  project: projectSchema,
});

/** The change's id, which the push of its merge gives, too. */
export function mergeRequestId(project: string, iid: number): string {
  return `${project}!${iid}`;
}

/** Merge request events: opened, or merged into the default branch. The change's commit is that of the merge. */
export function translateMergeRequest(
  body: unknown,
  receivedAt: Date,
): Translation {
  const {
    object_attributes: request,
    labels,
    project,
  } = readMessage(mergeRequestSchema, body, 'GitLab Merge Request');
  const { action, last_commit: last } = request;
  const what = `merge_request ${action ?? ''}`.trim();
  if (action !== 'open' && action !== 'merge') {
    return skip(what, 'only the opening and the merge of a change count');
  }
  const main = project.default_branch;
  if (main && request.target_branch !== main) {
    return skip(what, `its target is not the default branch '${main}'`);
  }
  const { source, repository } = projectPlace(project);
  const merged = action === 'merge';
  const description = describeChange(request.title, request.description);
  const { disclosure } = readDisclosure({
    messages: [description, ...(last?.message ? [last.message] : [])],
    authors: last?.author?.email ? [{ email: last.author.email }] : [],
    branch: request.source_branch,
  });
  const mergedSha = request.merge_commit_sha ?? request.squash_commit_sha;
  return translated(
    cdeventBody({
      name: merged ? 'change.merged' : 'change.created',
      source,
      identity: ['merge_request', request.iid, merged ? 'merged' : 'opened'],
      at: merged
        ? request.merged_at ?? request.updated_at ?? receivedAt
        : request.created_at,
      subject: {
        id: mergeRequestId(repository.id, request.iid),
        source: repository.source,
        content: { repository, description },
      },
      goldenPath: {
        sha: (merged ? mergedSha : undefined) ?? last?.id,
        disclosure,
        kind: isHotfix(
          request.source_branch,
          labels.map(({ title }) => title),
        )
          ? 'hotfix'
          : undefined,
        url: request.url,
      },
    }),
  );
}
