import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GiteaStandIn } from './__testUtils__/GiteaStandIn';
import { GiteaChangeHost } from './GiteaChangeHost';

const branch = 'golden-path/update-node-2.0.0';
const { signal } = new AbortController();

let gitea: GiteaStandIn;
let shop: string;
beforeAll(async () => {
  gitea = await GiteaStandIn.start();
  shop = `${gitea.baseUrl}/acme/shop`;
});
beforeEach(() => gitea.reset());
afterAll(() => gitea.stop());

function hostWith(
  config: {
    username?: string;
    password?: string;
    host?: string;
    baseUrl?: string;
  } = { username: 'bot', password: gitea.password },
): GiteaChangeHost {
  const { host, baseUrl } = gitea;
  return new GiteaChangeHost({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: { gitea: [{ host, baseUrl, ...config }] },
      }),
    ),
  });
}

function open(
  fields: { title?: string; body?: string; draft?: boolean } = {},
  host = hostWith(),
) {
  return host.open({
    url: `${shop}/src/branch/main/services/cart/`,
    branch,
    signal,
    title: 'Update node to 2.0.0',
    body: 'What changes',
    draft: false,
    ...fields,
  });
}

function state(host = hostWith(), url = shop) {
  return host.state({ url, branch, signal });
}

async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('Nothing was thrown'),
    each => each,
  );
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(
    gitea.password,
  );
  return error;
}

it('knows a Gitea that there are credentials for', () => {
  expect(hostWith().knows(shop)).toBe(true);
  expect(hostWith({ password: 'token' }).knows(shop)).toBe(true);
  expect(hostWith({}).knows(shop)).toBe(false);
  expect(hostWith().knows('https://gitea.com/acme/shop')).toBe(false);
  expect(hostWith().knows('no address')).toBe(false);
});

describe('repository', () => {
  it.each([
    ['', 'main', ''],
    ['.git', 'main', ''],
    ['/src/branch/main/', 'main', ''],
    ['/src/branch/main/services/cart/', 'main', 'services/cart'],
    ['/src/branch/release/1.x/services/cart', 'release/1.x', 'services/cart'],
    ['/src/branch/main/a%20b/', 'main', 'a b'],
    ['/src/branch/main/services/catalog-info.yaml', 'main', 'services'],
  ])('of shop%s is on %s in "%s"', async (path, baseBranch, folder) => {
    await expect(
      hostWith().repository({ url: `${shop}${path}`, signal }),
    ).resolves.toEqual({
      remoteUrl: `${shop}.git`,
      webUrl: shop,
      credentials: { username: 'bot', password: gitea.password },
      baseBranch,
      folder,
    });
  });

  it('is pushed to with a token without a user', async () => {
    await expect(
      hostWith({ password: gitea.password }).repository({ url: shop, signal }),
    ).resolves.toMatchObject({
      credentials: { username: 'x-access-token', password: gitea.password },
    });
  });

  it.each(['/src/tag/v1.2.3/', '/src/commit/0a1b2c3/', '/src/branch/gone/'])(
    'refuses shop%s, which is no branch',
    async path => {
      const error = await failure(
        hostWith().repository({ url: `${shop}${path}`, signal }),
      );
      expect(error.name).toBe('NotFoundError');
      expect(error.message).toContain('branch');
    },
  );

  it('that is gone is not found', async () => {
    const error = await failure(
      hostWith().repository({ url: `${gitea.baseUrl}/acme/gone`, signal }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('acme/gone');
  });

  it('takes an address of one only', async () => {
    const error = await failure(
      hostWith().repository({ url: `${gitea.baseUrl}/acme`, signal }),
    );
    expect(error.name).toBe('InputError');
  });
});

describe('open', () => {
  it('creates a pull request', async () => {
    await expect(open()).resolves.toEqual({
      id: '1',
      url: `${shop}/pulls/1`,
      state: 'open',
      draft: false,
      checks: 'unknown',
    });
    expect(gitea.pulls[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      body: 'What changes',
      head: { label: branch },
      base: { ref: 'main' },
    });
  });

  it('brings title and body up to date, and writes nothing when they are', async () => {
    await open();
    await expect(
      open({ title: 'Another\ntitle', body: 'Else' }),
    ).resolves.toMatchObject({ id: '1' });
    expect(gitea.pulls).toHaveLength(1);
    expect(gitea.pulls[0]).toMatchObject({
      title: 'Another title',
      body: 'Else',
    });
    await open({ title: 'Another title', body: 'Else' });
    expect(gitea.asked('PATCH')).toBe(1);
  });

  it('makes a draft ready, and a draft again', async () => {
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(gitea.pulls[0].title).toBe('WIP: Update node to 2.0.0');
    await expect(open()).resolves.toMatchObject({ id: '1', draft: false });
    expect(gitea.pulls[0].title).toBe('Update node to 2.0.0');
    await expect(
      open({ draft: true, title: '[wip] Twice' }),
    ).resolves.toMatchObject({ draft: true });
    expect(gitea.pulls[0].title).toBe('WIP: Twice');
  });

  it.each([true, false])(
    'opens a new one after one that is closed, merged: %s',
    async merged => {
      gitea.add(branch, { state: 'closed', merged });
      await expect(open()).resolves.toMatchObject({ id: '2', state: 'open' });
    },
  );

  it('takes no pull request of a fork for its own', async () => {
    gitea.add(branch, { state: 'closed' }, 8);
    await expect(state()).resolves.toBeUndefined();
    await expect(open()).resolves.toMatchObject({ id: '2' });
  });

  it('updates one that somebody opened at the same time', async () => {
    const host = hostWith();
    const [one, other] = await Promise.all([open({}, host), open({}, host)]);
    expect(one.id).toBe(other.id);
    expect(gitea.pulls).toHaveLength(1);
  });

  it('cuts what is too long for Gitea', async () => {
    await open({ title: 'x'.repeat(300), draft: true, body: 'a'.repeat(1e5) });
    expect(gitea.pulls[0].title).toHaveLength(255);
    expect(gitea.pulls[0].body.length).toBeLessThanOrEqual(65_536);
  });
});

describe('state', () => {
  it('of a branch without a pull request is nothing', async () => {
    await expect(state()).resolves.toBeUndefined();
  });

  it('is that of the newest, behind many others', async () => {
    gitea.add(branch, { state: 'closed', merged: true });
    for (let other = 0; other < 60; other++) {
      gitea.add(`other-${other}`);
    }
    await expect(state()).resolves.toMatchObject({ id: '1', state: 'merged' });
    gitea.add(branch, { state: 'closed' });
    await expect(state()).resolves.toMatchObject({ id: '62', state: 'closed' });
    gitea.add(branch);
    await expect(state()).resolves.toMatchObject({ id: '63', state: 'open' });
  });

  it.each([
    [['success'], 'passing'],
    [['success', 'pending'], 'pending'],
    [['success', 'pending', 'failure'], 'failing'],
    [['error'], 'failing'],
    [['warning'], 'failing'],
    [[], 'unknown'],
    [Array(51).fill('success'), 'unknown'],
  ])('with statuses %j is %s', async (statuses, checks) => {
    gitea.add(branch);
    gitea.statuses = statuses;
    await expect(state()).resolves.toMatchObject({ checks });
  });
});

describe('what goes wrong', () => {
  it('names the scope that is missing', async () => {
    gitea.refusals.set('POST', {
      status: 403,
      body: {
        message: `token ${gitea.password} does not have at least one of required scope(s)`,
      },
    });
    const error = await failure(open());
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain('the scope write:repository');
    expect(error.message).toContain('token *** does not have');
  });

  it('tells a used-up limit with its end', async () => {
    gitea.refusals.set('GET', {
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
    [423, 'NotAllowedError'],
    [422, 'InputError'],
  ])('takes %d on the way for a %s', async (status, name) => {
    gitea.refusals.set('POST', { status, body: { message: 'No' } });
    expect((await failure(open())).name).toBe(name);
  });

  it('takes an answer in an unknown form for an outage', async () => {
    gitea.refusals.set('GET', { status: 200, body: { id: 'seven' } });
    const error = await failure(state());
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('id');
  });

  it('tells refused credentials and a Gitea that does not answer', async () => {
    const wrong = 'wrongwrongwrong';
    const refused = await failure(
      state(hostWith({ username: 'bot', password: wrong })),
    );
    expect(refused.name).toBe('NotAllowedError');
    expect(refused.message).not.toContain(wrong);
    const away = { host: '127.0.0.1:9', baseUrl: 'http://127.0.0.1:9' };
    const error = await failure(
      state(
        hostWith({ password: gitea.password, ...away }),
        'http://127.0.0.1:9/acme/shop',
      ),
    );
    expect(error.name).toBe('ServiceUnavailableError');
  });

  it('ends with the caller', async () => {
    const reason = new Error('Shutting down');
    await expect(
      hostWith().state({
        url: shop,
        branch,
        signal: AbortSignal.abort(reason),
      }),
    ).rejects.toBe(reason);
  });
});
