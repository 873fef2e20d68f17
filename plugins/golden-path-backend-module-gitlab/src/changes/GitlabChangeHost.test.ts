import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GitlabMergeRequestsStandIn } from '../__testUtils__/GitlabMergeRequestsStandIn';
import { GitlabChangeHost } from './GitlabChangeHost';

const SHOP = 'https://gitlab.example.com/gitlab/acme/web/shop';
const url = `${SHOP}/-/tree/main/services/cart/`;
const branch = 'golden-path/update-node-2.0.0';
const { signal } = new AbortController();

let gitlab: GitlabMergeRequestsStandIn;
beforeAll(async () => {
  gitlab = await GitlabMergeRequestsStandIn.start();
});
beforeEach(() => gitlab.reset());
afterAll(() => gitlab.stop());

function hostWith(
  token: string | null = gitlab.token,
  apiBaseUrl = gitlab.apiBaseUrl,
): GitlabChangeHost {
  return new GitlabChangeHost({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          gitlab: [
            {
              host: 'gitlab.example.com',
              baseUrl: 'https://gitlab.example.com/gitlab',
              apiBaseUrl,
              token: token ?? undefined,
            },
          ],
        },
      }),
    ),
    patience: { longestWaitSeconds: 0, retryUnitMs: 0 },
  });
}

function open(
  fields: { title?: string; body?: string; draft?: boolean } = {},
  host = hostWith(),
) {
  return host.open({
    url,
    branch,
    signal,
    title: 'Update node to 2.0.0',
    body: 'What changes',
    draft: false,
    ...fields,
  });
}

function state(host = hostWith()) {
  return host.state({ url, branch, signal });
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('Nothing was thrown'),
    each => each,
  );
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(gitlab.token);
  return error;
}

it('knows a GitLab that there is a token for', () => {
  expect(hostWith().knows(url)).toBe(true);
  expect(hostWith(null).knows(url)).toBe(false);
  expect(hostWith().knows('https://gitlab.com/acme/shop')).toBe(false);
  expect(hostWith().knows('no address')).toBe(false);
});

describe('repository', () => {
  it.each([
    ['', 'main', ''],
    ['.git', 'main', ''],
    ['/-/tree/main/', 'main', ''],
    ['/-/tree/HEAD/services/', 'main', 'services'],
    ['/tree/main/services/', 'main', 'services'],
    ['/-/tree/main/services/cart/', 'main', 'services/cart'],
    ['/-/tree/release/1.x/services/cart', 'release/1.x', 'services/cart'],
    ['/-/tree/release%2F1.x/a%20b/', 'release/1.x', 'a b'],
    ['/-/blob/main/services/catalog-info.yaml', 'main', 'services'],
  ])('of shop%s is on %s in "%s"', async (path, baseBranch, folder) => {
    await expect(
      hostWith().repository({ url: `${SHOP}${path}`, signal }),
    ).resolves.toEqual({
      remoteUrl: `${SHOP}.git`,
      webUrl: SHOP,
      credentials: { username: 'oauth2', password: gitlab.token },
      baseBranch,
      folder,
    });
  });

  it('refuses an address that names a tag', async () => {
    const error = await failure(
      hostWith().repository({ url: `${SHOP}/-/tree/v1.2.3/`, signal }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('v1.2.3');
  });

  it('that is gone is not found', async () => {
    const error = await failure(
      hostWith().repository({
        url: 'https://gitlab.example.com/gitlab/acme/gone',
        signal,
      }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('acme/gone');
  });
});

describe('open', () => {
  it('creates a merge request', async () => {
    await expect(open()).resolves.toEqual({
      id: '1',
      url: `${SHOP}/-/merge_requests/1`,
      state: 'open',
      draft: false,
      checks: 'unknown',
    });
    expect(gitlab.mergeRequests[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      description: 'What changes',
      source_branch: branch,
      target_branch: 'main',
    });
  });

  it('brings title and body up to date, and writes nothing when they are', async () => {
    await open();
    await expect(
      open({ title: 'Another\ntitle', body: 'Else' }),
    ).resolves.toMatchObject({ id: '1' });
    expect(gitlab.mergeRequests).toHaveLength(1);
    expect(gitlab.mergeRequests[0]).toMatchObject({
      title: 'Another title',
      description: 'Else',
    });
    await open({ title: 'Another title', body: 'Else' });
    expect(gitlab.asked('PUT')).toBe(1);
  });

  it('makes a draft ready, and a draft again', async () => {
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(gitlab.mergeRequests[0].title).toBe('Draft: Update node to 2.0.0');
    await expect(open()).resolves.toMatchObject({ id: '1', draft: false });
    expect(gitlab.mergeRequests[0].title).toBe('Update node to 2.0.0');
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    await expect(
      open({ draft: true, title: 'draft: [Draft] Twice' }),
    ).resolves.toMatchObject({ draft: true });
    expect(gitlab.mergeRequests[0].title).toBe('Draft: Twice');
  });

  it.each(['merged', 'closed'])(
    'opens a new one after one that is %s',
    async earlier => {
      gitlab.add(branch, { state: earlier });
      await expect(open()).resolves.toMatchObject({ id: '2', state: 'open' });
    },
  );

  it('takes no merge request of a fork for its own', async () => {
    gitlab.add(branch, { source_project_id: 5, state: 'closed' });
    await expect(state()).resolves.toBeUndefined();
    await expect(open()).resolves.toMatchObject({ id: '2' });
  });

  it('updates one that somebody opened at the same time', async () => {
    const host = hostWith();
    const [one, other] = await Promise.all([open({}, host), open({}, host)]);
    expect(one.id).toBe(other.id);
    expect(gitlab.mergeRequests).toHaveLength(1);
  });

  it('lets no line of the body be a command', async () => {
    await open({ body: 'Changes\n/merge\n```\n/usr/bin\n```\n/close' });
    expect(gitlab.mergeRequests[0].description).toBe(
      'Changes\n\\/merge\n```\n/usr/bin\n```\n\\/close',
    );
  });

  it('cuts a title that is too long for GitLab', async () => {
    await open({ title: 'x'.repeat(300), draft: true });
    expect(gitlab.mergeRequests[0].title).toHaveLength(255);
  });
});

describe('state', () => {
  it('of a branch without a merge request is nothing', async () => {
    await expect(state()).resolves.toBeUndefined();
  });

  it('is that of the newest', async () => {
    gitlab.add(branch, { state: 'merged' });
    await expect(state()).resolves.toMatchObject({ id: '1', state: 'merged' });
    gitlab.add(branch, { state: 'closed' });
    await expect(state()).resolves.toMatchObject({ id: '2', state: 'closed' });
    gitlab.add(branch, { state: 'locked' });
    await expect(state()).resolves.toMatchObject({ id: '3', state: 'open' });
  });

  it.each([
    ['success', 'passing'],
    ['failed', 'failing'],
    ['canceled', 'failing'],
    ['running', 'pending'],
    ['created', 'pending'],
    ['manual', 'pending'],
    ['skipped', 'unknown'],
  ])('with a pipeline that is %s is %s', async (status, checks) => {
    gitlab.add(branch);
    gitlab.pipeline = { sha: 'sha1', ref: branch, status };
    await expect(state()).resolves.toMatchObject({ checks });
  });

  it('does not believe the pipeline of an older commit', async () => {
    gitlab.add(branch);
    gitlab.pipeline = { sha: 'older', ref: branch, status: 'success' };
    await expect(state()).resolves.toMatchObject({ checks: 'unknown' });
    gitlab.pipeline.ref = 'refs/merge-requests/1/merge';
    await expect(state()).resolves.toMatchObject({ checks: 'passing' });
  });
});

describe('what goes wrong', () => {
  it('names the scope that is missing', async () => {
    gitlab.refusals.set('POST', {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description: `The request requires higher privileges than ${gitlab.token}`,
      },
    });
    const error = await failure(open());
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain('the scope api');
    expect(error.message).toContain('higher privileges');
  });

  it('tells a used-up limit with its end', async () => {
    gitlab.refusals.set('GET /projects/4/merge_requests', {
      status: 429,
      body: { message: 'Retry later' },
      headers: { 'ratelimit-reset': '1999999999' },
    });
    const error = await failure(state());
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('2033-05-18T03:33:19.000Z');
  });

  it.each([
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
    [401, 'NotAllowedError'],
    [404, 'NotAllowedError'],
    [422, 'InputError'],
  ])('takes %d on the way for a %s', async (status, name) => {
    gitlab.refusals.set('POST', { status, body: { message: 'No' } });
    expect((await failure(open())).name).toBe(name);
  });

  it('tells refused credentials and a GitLab that does not answer', async () => {
    const wrong = `${gitlab.token}x`;
    const refused = await failure(state(hostWith(wrong)));
    expect(refused.name).toBe('NotAllowedError');
    expect(refused.message).not.toContain(wrong);
    const away = await failure(
      state(hostWith(gitlab.token, 'http://127.0.0.1:9/api/v4')),
    );
    expect(away.name).toBe('ServiceUnavailableError');
  });

  it('ends with the caller', async () => {
    const reason = new Error('Shutting down');
    await expect(
      hostWith().state({ url, branch, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
