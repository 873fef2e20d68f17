import { ConfigReader } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { AzureStandIn } from './__testUtils__/AzureStandIn';
import { AzureChangeHost } from './AzureChangeHost';

const branch = 'golden-path/update-node-2.0.0';
const { signal } = new AbortController();
const BUILD = '0609b952-1397-4640-95ec-e00a01b2c241';
const REVIEWERS = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';

let azure: AzureStandIn;
let shop: string;
beforeAll(async () => {
  azure = await AzureStandIn.start();
  shop = `${azure.serverUrl}/web%20shop/_git/shop`;
});
beforeEach(() => azure.reset());
afterAll(() => azure.stop());

function hostWith(
  options: {
    token?: string | null;
    host?: string;
    organizations?: string[];
  } = {},
): AzureChangeHost {
  const { token = azure.token, host = azure.host, organizations } = options;
  const credentials = token
    ? [{ personalAccessToken: token, organizations }]
    : undefined;
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({ integrations: { azure: [{ host, credentials }] } }),
  );
  return new AzureChangeHost({
    integrations,
    credentials:
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations),
  });
}

function open(
  fields: { title?: string; body?: string; draft?: boolean } = {},
  host = hostWith(),
) {
  return host.open({
    url: `${shop}?path=/services/cart/`,
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
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(azure.token);
  return error;
}

describe('what it knows', () => {
  it('is an Azure DevOps with credentials', () => {
    expect(hostWith().knows(shop)).toBe(true);
    expect(hostWith({ token: null }).knows(shop)).toBe(false);
    expect(hostWith().knows('https://dev.azure.com/acme/web/_git/shop')).toBe(
      false,
    );
    expect(hostWith().knows('https://example.com/acme/shop')).toBe(false);
    expect(hostWith().knows('no address')).toBe(false);
  });

  it('is an organization that the credentials are for', () => {
    const organizations = ['acme'];
    expect(hostWith({ organizations }).knows(shop)).toBe(true);
    expect(
      hostWith({ organizations }).knows(shop.replace('/acme/', '/other/')),
    ).toBe(false);
    expect(hostWith({ organizations }).knows(azure.serverUrl)).toBe(false);
  });
});

describe('repository', () => {
  it.each([
    ['', 'main', ''],
    ['?path=/services/cart/', 'main', 'services/cart'],
    ['?path=/services&version=GBrelease%2F1.x', 'release/1.x', 'services'],
  ])('of shop%s is on %s in "%s"', async (query, baseBranch, folder) => {
    await expect(
      hostWith().repository({ url: `${shop}${query}`, signal }),
    ).resolves.toEqual({
      remoteUrl: shop,
      webUrl: shop,
      credentials: { username: 'x-access-token', password: azure.token },
      baseBranch,
      folder,
    });
  });

  it('refuses a branch that only begins like one', async () => {
    const error = await failure(
      hostWith().repository({ url: `${shop}?version=GBrelease`, signal }),
    );
    expect(error.name).toBe('NotFoundError');
    expect(error.message).toContain('release');
  });

  it.each(['web%20shop/_git/gone', 'gone/_git/shop'])(
    '%s that is gone is not found',
    async path => {
      const url = `${azure.serverUrl}/${path}`;
      const error = await failure(hostWith().repository({ url, signal }));
      expect(error.name).toBe('NotFoundError');
      expect(error.message).toContain('gone');
    },
  );

  it('of an organization that is gone is not found', async () => {
    const url = shop.replace('/acme/', '/gone/');
    const error = await failure(hostWith().repository({ url, signal }));
    expect(error.name).toBe('NotFoundError');
  });

  it('without a branch says what to do', async () => {
    azure.branches = [];
    const error = await failure(hostWith().repository({ url: shop, signal }));
    expect(error.name).toBe('InputError');
    expect(error.message).toContain('push one first');
  });
});

describe('open', () => {
  it('creates a pull request', async () => {
    await expect(open()).resolves.toEqual({
      id: '1',
      url: `${shop}/pullrequest/1`,
      state: 'open',
      draft: false,
      checks: 'unknown',
    });
    expect(azure.pulls[0]).toMatchObject({
      title: 'Update node to 2.0.0',
      description: 'What changes',
      isDraft: false,
      sourceRefName: `refs/heads/${branch}`,
      targetRefName: 'refs/heads/main',
    });
  });

  it('brings title and body up to date, and writes nothing when they are', async () => {
    const body = 'Else '.repeat(200).trim();
    await open();
    await expect(
      open({ title: 'Another\ntitle', body }),
    ).resolves.toMatchObject({ id: '1' });
    expect(azure.pulls).toHaveLength(1);
    expect(azure.pulls[0]).toMatchObject({
      title: 'Another title',
      description: body,
    });
    await open({ title: 'Another title', body });
    expect(azure.asked('PATCH')).toBe(1);
  });

  it('makes a draft ready, and a draft again', async () => {
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(azure.pulls[0]).toMatchObject({ isDraft: true });
    await expect(open()).resolves.toMatchObject({ id: '1', draft: false });
    expect(azure.pulls[0]).toMatchObject({ isDraft: false });
    await expect(open({ draft: true })).resolves.toMatchObject({ draft: true });
    expect(azure.pulls).toHaveLength(1);
  });

  it.each(['completed', 'abandoned'])(
    'opens a new one after one that is %s',
    async earlier => {
      azure.add(branch, { status: earlier });
      await expect(open()).resolves.toMatchObject({ id: '2', state: 'open' });
    },
  );

  it('takes no pull request of a fork for its own', async () => {
    azure.add(branch, { status: 'completed', forkSource: { name: 'fork' } });
    await expect(state()).resolves.toBeUndefined();
    await expect(open()).resolves.toMatchObject({ id: '2' });
  });

  it('updates one that somebody opened at the same time', async () => {
    const host = hostWith();
    const [one, other] = await Promise.all([open({}, host), open({}, host)]);
    expect(one.id).toBe(other.id);
    expect(azure.pulls).toHaveLength(1);
  });

  it('cuts what is too long for Azure DevOps', async () => {
    await open({ title: 'x'.repeat(500), body: 'line\n'.repeat(2000) });
    expect(azure.pulls[0].title).toHaveLength(400);
    expect(azure.pulls[0].description).toMatch(/4000 characters\.$/);
  });
});

describe('state', () => {
  it('of a branch without a pull request is nothing', async () => {
    await expect(state()).resolves.toBeUndefined();
  });

  it('is that of the newest', async () => {
    azure.add(branch, { status: 'completed' });
    await expect(state()).resolves.toMatchObject({ id: '1', state: 'merged' });
    azure.add(branch, { status: 'abandoned' });
    await expect(state()).resolves.toMatchObject({ id: '2', state: 'closed' });
    azure.add(branch);
    await expect(state()).resolves.toMatchObject({ id: '3', state: 'open' });
  });

  it.each([
    [['succeeded'], [], 'passing'],
    [['notApplicable'], [], 'unknown'],
    [['succeeded', 'pending'], [], 'pending'],
    [['succeeded', 'error'], ['running'], 'failing'],
    [[], ['approved'], 'passing'],
    [[], ['queued'], 'pending'],
    [['succeeded'], ['rejected'], 'failing'],
    [['succeeded'], ['notApplicable'], 'passing'],
    [[], [], 'unknown'],
  ])(
    'with statuses %j and policies %j is %s',
    async (all, policies, checks) => {
      azure.add(branch);
      azure.statuses = all.map((each, at) => ({
        id: at + 1,
        state: each,
        context: { name: `job-${at}`, genre: 'ci' },
      }));
      azure.evaluations = [
        ...policies.map(status => ({
          status,
          configuration: { isEnabled: true, type: { id: BUILD } },
        })),
        // That nobody has approved yet says nothing of pipelines
        {
          status: 'rejected',
          configuration: { isEnabled: true, type: { id: REVIEWERS } },
        },
      ];
      await expect(state()).resolves.toMatchObject({ checks });
    },
  );

  it('believes the newest status of the newest commits', async () => {
    azure.add(branch);
    const context = { name: 'build', genre: 'ci' };
    azure.statuses = [
      { id: 2, state: 'succeeded', iterationId: 1, context },
      { id: 1, state: 'failed', iterationId: 1, context },
    ];
    await expect(state()).resolves.toMatchObject({ checks: 'passing' });
    azure.iterations = 2;
    await expect(state()).resolves.toMatchObject({ checks: 'unknown' });
  });

  it('does not believe half of the checks', async () => {
    azure.add(branch);
    azure.statuses = [{ id: 1, state: 'succeeded' }];
    azure.refusals.set('GET /tfs/acme/p-1/_apis/policy', {
      status: 403,
      body: { message: 'No' },
    });
    await expect(state()).resolves.toMatchObject({ checks: 'unknown' });
  });
});

describe('what goes wrong', () => {
  it('names the right that is missing', async () => {
    azure.refusals.set('POST', {
      status: 403,
      body: {
        message: `TF401027: ${azure.token} needs the Git 'PullRequestContribute' permission`,
      },
    });
    const error = await failure(open());
    expect(error.name).toBe('NotAllowedError');
    expect(error.message).toContain('Code (Read & write)');
    expect(error.message).toContain("the Git 'PullRequestContribute'");
  });

  it('tells a used-up limit with its end', async () => {
    azure.refusals.set('GET', {
      status: 429,
      body: { message: 'TF400733' },
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
    azure.refusals.set('POST', { status, body: { message: 'No' } });
    expect((await failure(open())).name).toBe(name);
  });

  it('tells refused credentials and an Azure DevOps that does not answer', async () => {
    const wrong = 'wrongwrongwrong';
    const refused = await failure(state(hostWith({ token: wrong })));
    expect(refused.name).toBe('NotAllowedError');
    expect(refused.message).not.toContain(wrong);
    const none = await failure(state(hostWith({ token: null })));
    expect(none.name).toBe('NotAllowedError');
    const away = await failure(
      state(
        hostWith({ host: '127.0.0.1:9' }),
        'http://127.0.0.1:9/tfs/acme/web/_git/shop',
      ),
    );
    expect(away.name).toBe('ServiceUnavailableError');
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
