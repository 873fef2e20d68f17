import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { GithubPullsStandIn } from '../__testUtils__/GithubPullsStandIn';
import { GithubChangeHost } from './GithubChangeHost';

const url = 'https://ghe.example.com/acme/shop/tree/main/services/cart/';
const branch = 'golden-path/update-node-2.0.0';
const { signal } = new AbortController();

let github: GithubPullsStandIn;
beforeAll(async () => {
  github = await GithubPullsStandIn.start();
});
beforeEach(() => github.reset());
afterAll(() => github.stop());

const logger = mockServices.logger.mock();

function hostWith(
  token: string | null = github.token,
  apiBaseUrl = github.url,
): GithubChangeHost {
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          { host: 'ghe.example.com', apiBaseUrl, token: token ?? undefined },
        ],
      },
    }),
  );
  return new GithubChangeHost({
    integrations,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    logger,
    patience: { longestWaitSeconds: 0, retryUnitMs: 1 },
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
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(github.token);
  return error;
}

describe('what it knows', () => {
  it('is a GitHub with credentials', () => {
    expect(hostWith().knows(url)).toBe(true);
    expect(hostWith(null).knows(url)).toBe(false);
    expect(hostWith().knows('https://github.com/acme/shop')).toBe(false);
    expect(hostWith().knows('https://example.com/acme/shop')).toBe(false);
    expect(hostWith().knows('no address')).toBe(false);
  });
});

describe('repository', () => {
  it.each([
    ['', 'main', ''],
    ['.git', 'main', ''],
    ['/tree/main/', 'main', ''],
    ['/tree/HEAD/', 'main', ''],
    ['/tree/main/services/cart/', 'main', 'services/cart'],
    ['/tree/release/1.x/services/cart', 'release/1.x', 'services/cart'],
    ['/tree/release%2F1.x/a%20b/', 'release/1.x', 'a b'],
    ['/blob/main/services/cart/catalog-info.yaml', 'main', 'services/cart'],
    ['/blob/main/catalog-info.yaml', 'main', ''],
  ])('of acme/shop%s is on %s in "%s"', async (path, baseBranch, folder) => {
    await expect(
      hostWith().repository({
        url: `https://ghe.example.com/acme/shop${path}`,
        signal,
      }),
    ).resolves.toEqual({
      // The owner as it is spelled now, and never another host than the configured one
      remoteUrl: 'https://ghe.example.com/Acme/shop.git',
      webUrl: 'https://ghe.example.com/Acme/shop',
      credentials: { username: 'x-access-token', password: github.token },
      baseBranch,
      folder,
    });
  });

  it('has the new name of a branch that was renamed', async () => {
    github.renamed.set('master', 'main');
    await expect(
      hostWith().repository({
        url: 'https://ghe.example.com/acme/shop/tree/master/services/',
        signal,
      }),
    ).resolves.toMatchObject({ baseBranch: 'main', folder: 'services' });
  });

  it.each(['v1.2.3/services/', '%2e%2e%2fetc/'])(
    'refuses tree/%s, which is no branch and folder',
    async path => {
      const error = await failure(
        hostWith().repository({
          url: `https://ghe.example.com/acme/shop/tree/${path}`,
          signal,
        }),
      );
      expect(error.name).toMatch(/NotFoundError|InputError/);
    },
  );

  it('that is gone is not found', async () => {
    const error = await failure(
      hostWith().repository({
        url: 'https://ghe.example.com/acme/gone',
        signal,
      }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('acme/gone');
  });
});

describe('open', () => {
  it('creates a pull request', async () => {
    await expect(open()).resolves.toEqual({
      id: '1',
      url: 'https://ghe.example.com/Acme/shop/pull/1',
      state: 'open',
      draft: false,
      checks: 'unknown',
    });
    expect(github.pulls[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      body: 'What changes',
      head: { ref: branch },
      base: { ref: 'main' },
    });
  });

  it('brings title and body up to date, and writes nothing when they are', async () => {
    await open();
    await expect(
      open({ title: 'Another\ntitle', body: 'Else' }),
    ).resolves.toMatchObject({ id: '1' });
    expect(github.pulls).toHaveLength(1);
    expect(github.pulls[0]).toMatchObject({
      title: 'Another title',
      body: 'Else',
    });
    await open({ title: 'Another title', body: 'Else' });
    expect(github.asked('PATCH')).toBe(1);
  });

  it('makes a draft ready, and a draft again', async () => {
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(github.pulls[0]).toMatchObject({
      draft: true,
      title: 'Update node to 2.0.0',
    });
    await expect(open()).resolves.toMatchObject({ id: '1', draft: false });
    expect(github.pulls[0].draft).toBe(false);
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(github.pulls[0].draft).toBe(true);
    await expect(state()).resolves.toMatchObject({ draft: true });
  });

  it('says it in title and body where GitHub has no drafts', async () => {
    github.hasDrafts = false;
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(github.pulls[0]).toMatchObject({
      draft: false,
      title: '[Draft] Update node to 2.0.0',
      body: expect.stringMatching(/^> This is a draft.*\n\nWhat changes$/s),
    });
    await open({ draft: true });
    expect(github.asked('POST /graphql')).toBe(0);
    await expect(open()).resolves.toMatchObject({ draft: false });
    expect(github.pulls[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      body: 'What changes',
    });
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(github.pulls[0].title).toBe('[Draft] Update node to 2.0.0');
    expect(github.pulls).toHaveLength(1);
  });

  it.each([
    { state: 'closed', merged_at: '2026-11-20T10:00:00Z' } as const,
    { state: 'closed' } as const,
  ])('opens a new one after one that is %j', async earlier => {
    github.add({ branch, ...earlier });
    await expect(open()).resolves.toMatchObject({ id: '2', state: 'open' });
  });

  it('takes no pull request of a fork for its own', async () => {
    github.add({ branch, from: 'Acme/shop-fork' });
    github.pulls[0].state = 'closed';
    await expect(state()).resolves.toBeUndefined();
  });

  it('updates one that somebody opened at the same time', async () => {
    const host = hostWith();
    const [one, other] = await Promise.all([open({}, host), open({}, host)]);
    expect(one.id).toBe(other.id);
    expect(github.pulls).toHaveLength(1);
  });

  it('cuts what is too long for GitHub', async () => {
    await open({ title: 'x'.repeat(300), body: `${'line\n'.repeat(20_000)}` });
    expect(github.pulls[0].title).toHaveLength(256);
    expect(github.pulls[0].body!.length).toBeLessThanOrEqual(65_536);
    expect(github.pulls[0].body).toMatch(/left out: .*65536 characters\.$/);
  });
});

describe('state', () => {
  it('of a branch without a pull request is nothing', async () => {
    await expect(state()).resolves.toBeUndefined();
  });

  it('is that of the newest', async () => {
    github.add({ branch, state: 'closed', merged_at: '2026-11-20T10:00:00Z' });
    await expect(state()).resolves.toMatchObject({ id: '1', state: 'merged' });
    github.add({ branch, state: 'closed' });
    await expect(state()).resolves.toMatchObject({ id: '2', state: 'closed' });
    github.add({ branch });
    await expect(state()).resolves.toMatchObject({ id: '3', state: 'open' });
  });

  it.each([
    [[], undefined, 'unknown'],
    [['skipped'], undefined, 'unknown'],
    [['success', 'neutral', 'skipped'], undefined, 'passing'],
    [['success', null], undefined, 'pending'],
    [['failure', null], undefined, 'failing'],
    [['cancelled'], 'success', 'failing'],
    [['success'], 'pending', 'pending'],
    [['success'], 'error', 'failing'],
    [[], 'success', 'passing'],
  ])('with runs %j and status %s is %s', async (runs, status, checks) => {
    github.add({ branch });
    github.runs = runs;
    if (status) {
      github.status = { state: status, total_count: 1 };
    }
    await expect(state()).resolves.toMatchObject({ checks });
  });

  it('does not believe half of the checks', async () => {
    github.add({ branch });
    github.status = { state: 'success', total_count: 1 };
    github.refusals.set('GET /repos/Acme/shop/commits/sha1/check-runs', {
      status: 403,
      body: { message: 'Resource not accessible by personal access token' },
    });
    await expect(state()).resolves.toMatchObject({ checks: 'unknown' });
    github.status = { state: 'failure', total_count: 1 };
    await expect(state()).resolves.toMatchObject({ checks: 'failing' });
  });
});

describe('what goes wrong', () => {
  it('names the right that is missing', async () => {
    github.refusals.set('POST /repos/Acme/shop/pulls', {
      status: 403,
      body: {
        message: `Resource not accessible by integration ${github.token}`,
      },
    });
    const error = await failure(open());
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain('Pull requests: write');
    expect(error.message).toContain('Resource not accessible by integration');
  });

  it('tells a used-up limit with its end', async () => {
    const reset = Math.floor(Date.now() / 1000) + 600;
    github.refusals.set('GET /repos/Acme/shop/pulls', {
      status: 403,
      body: { message: 'API rate limit exceeded' },
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-limit': '5000',
        'x-ratelimit-reset': `${reset}`,
      },
    });
    const error = await failure(state());
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain(new Date(reset * 1000).toISOString());
  });

  it('leaves the rest of a quota to others', async () => {
    const reset = Math.floor(Date.now() / 1000) + 600;
    github.refusals.set('GET /repos/Acme/shop/pulls', {
      status: 200,
      body: [],
      headers: {
        'x-ratelimit-remaining': '10',
        'x-ratelimit-limit': '5000',
        'x-ratelimit-reset': `${reset}`,
      },
    });
    const host = hostWith();
    await state(host);
    const error = await failure(state(host));
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain(new Date(reset * 1000).toISOString());
  });

  it.each([
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
    [401, 'NotAllowedError'],
    [404, 'NotAllowedError'],
    [422, 'InputError'],
  ])('takes %d on the way for a %s', async (status, name) => {
    github.refusals.set('POST /repos/Acme/shop/pulls', {
      status,
      body: { message: 'No' },
    });
    expect((await failure(open())).name).toBe(name);
  });

  it('tells refused credentials and a GitHub that does not answer', async () => {
    const wrong = `${github.token}x`;
    const refused = await failure(state(hostWith(wrong)));
    expect(refused.name).toBe('NotAllowedError');
    expect(refused.message).not.toContain(wrong);
    const away = await failure(
      state(hostWith(github.token, 'http://127.0.0.1:9')),
    );
    expect(away.name).toBe('ServiceUnavailableError');
  });

  it('ends with the caller', async () => {
    const reason = new Error('Shutting down');
    await expect(
      hostWith().state({ url, branch, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });

  it('logs no token', () => {
    const logged = JSON.stringify(
      [logger.debug, logger.info, logger.warn, logger.error].map(
        ({ mock }) => mock.calls,
      ),
    );
    expect(logged).not.toContain(github.token);
  });
});
