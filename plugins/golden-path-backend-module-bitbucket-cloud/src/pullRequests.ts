import { ConflictError } from '@backstage/errors';
import {
  ChangeChecks,
  combineChecks,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { BitbucketSession } from './BitbucketSession';

const pullSchema = z.object({
  id: z.number(),
  links: z.object({ html: z.object({ href: z.string() }) }),
  state: z.string(),
  draft: z.boolean().nullish(),
  title: z.string(),
  description: z.string().nullish(),
  source: z.object({
    repository: z.object({ full_name: z.string() }).nullish(),
  }),
});

/** @internal */
export type BitbucketPull = z.infer<typeof pullSchema>;

/** What a change has to send along, since it replaces the whole. */
const keptSchema = z.object({
  reviewers: z.array(z.object({ uuid: z.string() })).nullish(),
  destination: z.object({ branch: z.object({ name: z.string() }) }),
  close_source_branch: z.boolean().nullish(),
});

const statusSchema = z.object({ state: z.string() });

const STATES = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];
const MOST_PAGES = 3;

/** A string of Bitbucket's query language. @internal */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The pull requests of a branch of the repository itself, the newest first. @internal */
export async function listPulls(
  session: BitbucketSession,
  branch: string,
): Promise<BitbucketPull[]> {
  const { items } = await session.list(
    'read pull requests',
    pullSchema,
    {
      path: '/pullrequests',
      query: [
        ...STATES.map((state): [string, string] => ['state', state]),
        // Drafts are left out of some lists unless they are asked for
        [
          'q',
          `source.branch.name = ${quoted(
            branch,
          )} AND (draft = true OR draft = false)`,
        ],
        ['sort', '-created_on'],
        ['pagelen', '50'],
      ],
    },
    MOST_PAGES,
  );
  // A fork may have a branch of the same name
  return items.filter(
    ({ source }) => source.repository?.full_name === session.name,
  );
}

/** Opens one, or tells that there is one already. @internal */
export async function createPull(
  session: BitbucketSession,
  fields: {
    source: string;
    destination: string;
    title: string;
    description: string;
    draft: boolean;
  },
): Promise<BitbucketPull | 'exists'> {
  const { source, destination, ...rest } = fields;
  try {
    return await session.ask('open a pull request', pullSchema, {
      method: 'POST',
      path: '/pullrequests',
      body: {
        ...rest,
        source: { branch: { name: source } },
        destination: { branch: { name: destination } },
      },
    });
  } catch (error) {
    if (error instanceof ConflictError) {
      return 'exists';
    }
    throw error;
  }
}

/** @internal */
export async function editPull(
  session: BitbucketSession,
  pull: BitbucketPull,
  fields: { title: string; description: string; draft: boolean },
): Promise<BitbucketPull> {
  if (
    pull.title === fields.title &&
    (pull.description ?? '') === fields.description &&
    Boolean(pull.draft) === fields.draft
  ) {
    return pull;
  }
  const path = `/pullrequests/${pull.id}`;
  const kept = await session.ask('read a pull request', keptSchema, { path });
  return session.ask('change a pull request', pullSchema, {
    method: 'PUT',
    path,
    body: {
      ...fields,
      destination: { branch: { name: kept.destination.branch.name } },
      reviewers: kept.reviewers ?? [],
      close_source_branch: kept.close_source_branch ?? false,
    },
  });
}

/** What the build statuses of a pull request's newest commit say. @internal */
export async function readStatuses(
  session: BitbucketSession,
  { id }: BitbucketPull,
): Promise<ChangeChecks> {
  const { items, complete } = await session.list(
    'read build statuses',
    statusSchema,
    { path: `/pullrequests/${id}/statuses`, query: [['pagelen', '100']] },
    MOST_PAGES,
  );
  const checks = items.map(({ state }) => checkOf(state));
  return combineChecks(complete ? checks : [...checks, 'unknown']);
}

function checkOf(state: string): ChangeChecks {
  switch (state) {
    case 'SUCCESSFUL':
      return 'passing';
    case 'INPROGRESS':
      return 'pending';
    default:
      return 'failing';
  }
}
