import { InputError, NotAllowedError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
  draftTitle,
  fitBody,
  RateBudget,
  segmentsOf,
  splitBranch,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { z } from 'zod';
import { Patience } from '../api/createRequester';
import { GitlabApi } from '../api/GitlabApi';
import { projectPathOf } from '../projectPathOf';
import { gitlabFailureOf, GitlabSession } from './GitlabSession';
import {
  createMergeRequest,
  editMergeRequest,
  GitlabMergeRequest,
  listMergeRequests,
  readPipeline,
} from './mergeRequests';
import { withoutQuickActions } from './quickActions';

type OpenOptions = Parameters<ChangeHost['open']>[0];

const PATIENCE: Patience = { longestWaitSeconds: 15, retryUnitMs: 1000 };
/** Longer than this nothing here takes, whatever GitLab does. */
const LONGEST_MS = 120_000;
const MOST_BODY = 1_048_576;
const DRAFT = {
  mark: 'Draft: ',
  known: /^\s*(?:draft:|\[draft\]|\(draft\))\s*/i,
  most: 255,
};
/** What comes after the project in an address, with and without `/-/` in front of it. */
const VIEW = /^.*?\/(?:-\/)?(tree|blob|raw|edit)\/(.*)$/;

/** Proposes changes as merge requests on gitlab.com and every GitLab that there is a token for. @internal */
export class GitlabChangeHost implements ChangeHost {
  readonly id = 'gitlab';
  readonly noun = 'merge request';
  readonly #integrations: ScmIntegrationRegistry;
  readonly #patience: Patience;
  readonly #budget = new RateBudget();

  constructor(options: {
    integrations: ScmIntegrationRegistry;
    patience?: Patience;
  }) {
    this.#integrations = options.integrations;
    this.#patience = options.patience ?? PATIENCE;
  }

  knows(url: string): boolean {
    return Boolean(this.#integrations.gitlab.byUrl(url)?.config.token);
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const session = await this.#open(options);
    const { branch, folder } = await placeInProject(session, options.url);
    const { baseUrl, token } = session.config;
    const webUrl = `${baseUrl}/${session.path}`;
    return {
      remoteUrl: `${webUrl}.git`,
      credentials: { username: 'oauth2', password: token! },
      baseBranch: branch,
      folder,
      webUrl,
    };
  }

  async open(options: OpenOptions): Promise<ChangeRequestState> {
    const session = await this.#open(options);
    const text = textOf(options);
    const existing = await openRequest(session, options.branch);
    const request = existing
      ? await editMergeRequest(session, existing, text)
      : await create(session, options, text);
    return describe(session, request);
  }

  async state(
    options: ChangeRequestOptions,
  ): Promise<ChangeRequestState | undefined> {
    const session = await this.#open(options);
    const [newest] = await listMergeRequests(session, options.branch);
    return newest && describe(session, newest);
  }

  async #open(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<GitlabSession> {
    const { url, signal } = options;
    const integration = this.#integrations.gitlab.byUrl(url);
    if (!integration) {
      throw new InputError(`${url} is on no GitLab under integrations.gitlab`);
    }
    const { config } = integration;
    const path = projectPathOf(url, config);
    if (!config.token) {
      throw new NotAllowedError(
        `There are no credentials for ${path} on ${config.host}; put a token with the scope api under integrations.gitlab`,
      );
    }
    const api = new GitlabApi({
      integration,
      budget: this.#budget,
      patience: this.#patience,
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      writes: true,
    });
    return GitlabSession.open({ api, config, path, signal });
  }
}

async function openRequest(
  session: GitlabSession,
  branch: string,
): Promise<GitlabMergeRequest | undefined> {
  const requests = await listMergeRequests(session, branch);
  return requests.find(({ state }) => state === 'opened' || state === 'locked');
}

async function create(
  session: GitlabSession,
  { url, branch }: OpenOptions,
  text: { title: string; description: string },
): Promise<GitlabMergeRequest> {
  const { branch: target } = await placeInProject(session, url);
  const created = await createMergeRequest(session, {
    source: branch,
    target,
    ...text,
  });
  if (created !== 'exists') {
    return created;
  }
  const existing = await openRequest(session, branch);
  if (!existing) {
    throw new InputError(
      `GitLab neither opens nor shows a merge request of ${branch} in ${session.path}; open one there`,
    );
  }
  return editMergeRequest(session, existing, text);
}

function textOf({ title, body, draft }: OpenOptions): {
  title: string;
  description: string;
} {
  return {
    title: draftTitle(title, draft, DRAFT),
    description: fitBody(withoutQuickActions(body), MOST_BODY),
  };
}

async function describe(
  session: GitlabSession,
  request: GitlabMergeRequest,
): Promise<ChangeRequestState> {
  const { iid, web_url: url, state, draft, title } = request;
  return {
    id: `${iid}`,
    url,
    state: state === 'merged' || state === 'closed' ? state : 'open',
    draft: draft ?? DRAFT.known.test(title),
    checks: await readPipeline(session, request),
  };
}

/** The branch and folder that an address names; the default branch when it names none. */
async function placeInProject(
  session: GitlabSession,
  url: string,
): Promise<{ branch: string; folder: string }> {
  const [, view, rest = ''] = VIEW.exec(new URL(url).pathname) ?? [];
  const all = segmentsOf(rest);
  const segments = view === 'tree' ? all : all.slice(0, -1);
  if (segments.length === 0) {
    return { branch: session.defaultBranch, folder: '' };
  }
  return splitBranch(segments, async name =>
    name === 'HEAD' ? session.defaultBranch : findBranch(session, name),
  );
}

async function findBranch(
  session: GitlabSession,
  branch: string,
): Promise<string | undefined> {
  return session.run('read branches', async () => {
    try {
      const { name } = await session.api.get(
        z.object({ name: z.string() }),
        client => client.Branches.show(session.projectId, branch),
      );
      return name;
    } catch (error) {
      if (gitlabFailureOf(error)?.status === 404) {
        return undefined;
      }
      throw error;
    }
  });
}
