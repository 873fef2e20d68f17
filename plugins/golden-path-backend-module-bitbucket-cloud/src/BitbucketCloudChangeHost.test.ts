import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { BitbucketStandIn } from './__testUtils__/BitbucketStandIn';
import { BitbucketCloudChangeHost } from './BitbucketCloudChangeHost';

const SHOP = 'https://bitbucket.org/acme/shop';
const branch = 'golden-path/update-node-2.0.0';
const { signal } = new AbortController();

let bitbucket: BitbucketStandIn;
beforeAll(async () => {
  bitbucket = await BitbucketStandIn.start();
});
beforeEach(() => bitbucket.reset());
afterAll(() => bitbucket.stop());

function hostWith(
  config: Record<string, string> = {
    username: 'bot@example.com',
    token: bitbucket.token,
  },
  apiBaseUrl = bitbucket.apiBaseUrl,
): BitbucketCloudChangeHost {
  return new BitbucketCloudChangeHost({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({ integrations: { bitbucketCloud: [config] } }),
    ),
    apiBaseUrl,
  });
}

function open(
  fields: { title?: string; body?: string; draft?: boolean } = {},
  host = hostWith(),
) {
  return host.open({
    url: `${SHOP}/src/main/services/cart/`,
    branch,
    signal,
    title: 'Update node to 2.0.0',
    body: 'What changes',
    draft: false,
    ...fields,
  });
}

function state(host = hostWith()) {
  return host.state({ url: SHOP, branch, signal });
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('Nothing was thrown'),
    each => each,
  );
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(
    bitbucket.token,
  );
  return error;
}

it('knows bitbucket.org when there are credentials', () => {
  expect(hostWith().knows(SHOP)).toBe(true);
  expect(hostWith({}).knows(SHOP)).toBe(false);
  expect(hostWith().knows('https://example.com/acme/shop')).toBe(false);
  expect(hostWith().knows('no address')).toBe(false);
});

describe('repository', () => {
  it.each([
    ['', 'main', ''],
    ['.git', 'main', ''],
    ['/src/main/', 'main', ''],
    ['/src/HEAD/services/', 'main', 'services'],
    ['/src/main/services/cart/', 'main', 'services/cart'],
    ['/src/release/1.x/services/cart', 'release/1.x', 'services/cart'],
    ['/src/release%2F1.x/a%20b/', 'release/1.x', 'a b'],
    ['/src/0a1b2c3/services/?at=release%2F1.x', 'release/1.x', 'services'],
    ['/src/main/services/catalog-info.yaml', 'main', 'services'],
  ])('of shop%s is on %s in "%s"', async (path, baseBranch, folder) => {
    await expect(
      hostWith().repository({ url: `${SHOP}${path}`, signal }),
    ).resolves.toEqual({
      remoteUrl: `${SHOP}.git`,
      webUrl: SHOP,
      credentials: {
        username: 'x-bitbucket-api-token-auth',
        password: bitbucket.token,
      },
      baseBranch,
      folder,
    });
  });

  it('refuses an address that names a commit', async () => {
    const error = await failure(
      hostWith().repository({ url: `${SHOP}/src/0a1b2c3/`, signal }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('branch');
  });

  it('that is gone is not found', async () => {
    const error = await failure(
      hostWith().repository({ url: 'https://bitbucket.org/acme/gone', signal }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('acme/gone');
  });

  it('without a branch says what to do', async () => {
    bitbucket.branches = [];
    const error = await failure(hostWith().repository({ url: SHOP, signal }));
    expect(error.name).toBe('InputError');
    expect(error.message).toContain('push one first');
  });
});

describe('open', () => {
  it('creates a pull request', async () => {
    await expect(open()).resolves.toEqual({
      id: '1',
      url: `${SHOP}/pull-requests/1`,
      state: 'open',
      draft: false,
      checks: 'unknown',
    });
    expect(bitbucket.pulls[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      description: 'What changes',
      draft: false,
      source: { branch: { name: branch } },
      destination: { branch: { name: 'main' } },
    });
  });

  it('brings title and body up to date, and writes nothing when they are', async () => {
    await open();
    await expect(
      open({ title: 'Another\ntitle', body: 'Else' }),
    ).resolves.toMatchObject({ id: '1' });
    expect(bitbucket.pulls).toHaveLength(1);
    expect(bitbucket.pulls[0]).toMatchObject({
      title: 'Another title',
      description: 'Else',
    });
    await open({ title: 'Another title', body: 'Else' });
    expect(bitbucket.asked('PUT')).toBe(1);
  });

  it('leaves the reviewers and the target that people chose', async () => {
    const kept = {
      reviewers: [{ uuid: '{1}' }],
      destination: { branch: { name: 'release/1.x' } },
      close_source_branch: true,
    };
    bitbucket.add(branch, kept);
    await open();
    expect(bitbucket.pulls[0]).toMatchObject({
      ...kept,
      title: 'Update node to 2.0.0',
    });
  });

  it('makes a draft ready, and a draft again', async () => {
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(bitbucket.pulls[0]).toMatchObject({ draft: true });
    await expect(open()).resolves.toMatchObject({ id: '1', draft: false });
    expect(bitbucket.pulls[0]).toMatchObject({ draft: false });
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(bitbucket.pulls).toHaveLength(1);
  });

  it.each(['MERGED', 'DECLINED', 'SUPERSEDED'])(
    'opens a new one after one that is %s',
    async earlier => {
      bitbucket.add(branch, { state: earlier });
      await expect(open()).resolves.toMatchObject({ id: '2', state: 'open' });
    },
  );

  it('takes no pull request of a fork for its own', async () => {
    bitbucket.add(branch, { state: 'MERGED' }, 'someone/shop');
    await expect(state()).resolves.toBeUndefined();
    await expect(open()).resolves.toMatchObject({ id: '2' });
  });

  it('updates one that somebody opened at the same time', async () => {
    const host = hostWith();
    const [one, other] = await Promise.all([open({}, host), open({}, host)]);
    expect(one.id).toBe(other.id);
    expect(bitbucket.pulls).toHaveLength(1);
  });

  it('cuts what is too long for Bitbucket', async () => {
    await open({ title: 'x'.repeat(300), body: 'a'.repeat(40_000) });
    expect(bitbucket.pulls[0].title).toHaveLength(255);
    expect(bitbucket.pulls[0].description.length).toBeLessThanOrEqual(32_768);
  });
});

describe('state', () => {
  it('of a branch without a pull request is nothing', async () => {
    await expect(state()).resolves.toBeUndefined();
  });

  it('is that of the newest', async () => {
    bitbucket.add(branch, { state: 'MERGED' });
    await expect(state()).resolves.toMatchObject({ id: '1', state: 'merged' });
    bitbucket.add(branch, { state: 'DECLINED' });
    await expect(state()).resolves.toMatchObject({ id: '2', state: 'closed' });
    bitbucket.add(branch);
    await expect(state()).resolves.toMatchObject({ id: '3', state: 'open' });
  });

  it.each([
    [['SUCCESSFUL'], 'passing'],
    [['SUCCESSFUL', 'INPROGRESS'], 'pending'],
    [['SUCCESSFUL', 'INPROGRESS', 'FAILED'], 'failing'],
    [['STOPPED'], 'failing'],
    [[], 'unknown'],
  ])('with build statuses %j is %s', async (statuses, checks) => {
    bitbucket.add(branch);
    bitbucket.statuses = statuses;
    await expect(state()).resolves.toMatchObject({ checks });
  });
});

describe('what goes wrong', () => {
  it('names the scope that is missing', async () => {
    bitbucket.refusals.set('POST', {
      status: 403,
      body: {
        error: {
          message: `Your credentials ${bitbucket.token} lack one or more required privilege scopes.`,
          detail: { granted: ['repository'], required: ['pullrequest:write'] },
        },
      },
    });
    const error = await failure(open());
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain('required is pullrequest:write');
    expect(error.message).toContain('write:pullrequest:bitbucket');
  });

  it('tells a used-up limit with its end', async () => {
    bitbucket.refusals.set('GET', {
      status: 429,
      body: {},
      headers: { 'retry-after': 'Wed, 18 May 2033 03:33:19 GMT' },
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
    [400, 'InputError'],
  ])('takes %d on the way for a %s', async (status, name) => {
    bitbucket.refusals.set('POST', {
      status,
      body: { error: { message: 'No' } },
    });
    expect((await failure(open())).name).toBe(name);
  });

  it('takes its credentials nowhere else', async () => {
    const elsewhere = await BitbucketStandIn.start();
    try {
      bitbucket.next = `${elsewhere.apiBaseUrl}/repositories/acme/shop`;
      await state();
      expect(elsewhere.requests).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  it('tells refused credentials and a Bitbucket that does not answer', async () => {
    const wrong = 'wrongwrongwrong';
    const refused = await failure(state(hostWith({ token: wrong })));
    expect(refused.name).toBe('NotAllowedError');
    expect(refused.message).not.toContain(wrong);
    const away = await failure(
      state(hostWith({ token: bitbucket.token }, 'http://127.0.0.1:9')),
    );
    expect(away.name).toBe('ServiceUnavailableError');
  });

  it('ends with the caller', async () => {
    const reason = new Error('Shutting down');
    await expect(
      hostWith().state({
        url: SHOP,
        branch,
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
  });
});
