import { collectFrom, ENTITY, forgeWith } from './__testUtils__/forgeUnderTest';
import { GithubStandIn } from './__testUtils__/GithubStandIn';
import { GithubForge } from './GithubForge';

let github: GithubStandIn;
beforeAll(async () => {
  github = await GithubStandIn.start();
});
beforeEach(() => github.reset());
afterAll(() => github.stop());

function forge(token = github.token): GithubForge {
  return forgeWith({ apiBaseUrl: github.url, token });
}

function asked(pattern: RegExp): number {
  return github.requests.filter(({ path }) => pattern.test(path)).length;
}

describe('a repository of which everything may be seen', () => {
  it('is described in full', async () => {
    const { data, gaps } = await collectFrom(forge());
    expect(gaps).toEqual({});
    expect(data).toMatchObject({
      system: 'github',
      url: 'https://github.com/acme/shop',
      visibility: 'private',
      archived: false,
      defaultBranch: 'main',
      branchRules: {
        pullRequestRequired: true,
        requiredApprovals: 2,
        codeOwnerReviewRequired: true,
        requiredChecks: ['ci / verify', 'security / scan'],
        forcePushAllowed: false,
        deletionAllowed: false,
      },
      deployments: {
        total: 5,
        concluded: 3,
        newestAt: '2026-11-19T10:00:00Z',
      },
      runs: {
        pullRequest: { count: 3, p50Seconds: 600, p95Seconds: 900 },
        defaultBranch: { count: 4, successRate: 0.75 },
        rerunRate: 0.1,
        duplicateCommits: 1,
        // Ten runs of six minutes each, and four merged pull requests
        minutesPerMergedPullRequest: 15,
      },
      alerts: {
        dependencies: {
          critical: 1,
          high: 2,
          medium: 1,
          low: 0,
          oldestCriticalDays: 10,
          oldestHighDays: 30,
        },
        codeScanning: { critical: 0, high: 2, medium: 0, low: 1 },
        secretScanning: { open: 1 },
      },
      security: {
        secretScanning: true,
        pushProtection: false,
        dependencyAlerts: true,
        codeScanningDefaultSetup: true,
        shaPinningRequired: true,
        defaultTokenPermission: 'read',
      },
      release: { tag: 'v2.0.0', hasSbom: true, hasAttestation: true },
      codeownersErrors: [
        {
          file: '.github/CODEOWNERS',
          line: 3,
          message:
            'Invalid pattern: Invalid pattern on line 3: Did you mean **/*.rb?',
        },
      ],
      pullRequests: {
        merged: 4,
        aiAssisted: 2,
        aiWithoutHumanReview: 2,
        disclosing: 2,
        selfMerged: 3,
      },
    });
    expect(data.reportedChecks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'ci / image', conclusion: 'failure' }),
        expect.objectContaining({ name: 'security / scan', conclusion: null }),
        expect.objectContaining({ name: 'preview', conclusion: 'success' }),
        expect.objectContaining({ name: 'license/cla', conclusion: null }),
      ]),
    );
    expect(data.environments).toEqual([
      expect.objectContaining({
        name: 'production',
        protected: true,
        reviewers: 2,
      }),
      expect.objectContaining({
        name: 'preview',
        protected: false,
        reviewers: 0,
      }),
    ]);
  });

  it('costs as many requests as the README says', async () => {
    await collectFrom(forge());
    expect(github.requests).toHaveLength(32);
  });

  it('costs nothing of the quota where nothing has changed', async () => {
    const reader = forge();
    const before = await collectFrom(reader);
    github.requests.length = 0;
    const after = await collectFrom(reader);
    expect(after).toEqual(before);
    expect(
      github.requests
        .filter(({ status }) => status === 200)
        .map(({ path }) => path),
    ).toEqual([
      '/graphql',
      '/graphql',
      '/graphql',
      '/repos/acme/shop/secret-scanning/alerts',
    ]);
  });

  it('is seen as it is now when something has changed', async () => {
    const reader = forge();
    await collectFrom(reader);
    github.set('/environments', { body: { total_count: 0, environments: [] } });
    expect((await collectFrom(reader)).data.environments).toEqual([]);
  });

  it('is read page by page', async () => {
    github.pageSize = 1;
    const { data } = await collectFrom(forge());
    expect(data.branchRules?.requiredChecks).toContain('security / scan');
    expect(data.environments).toHaveLength(2);
    expect(data.alerts?.dependencies?.high).toBe(2);
    expect(asked(/dependabot/)).toBe(4);
  });
});

describe('what concerns the whole fact', () => {
  it('refuses to go on with credentials that GitHub does not take', async () => {
    const token = 'ghp_wrongwrongwrongwrongwrongwrongwrongwr';
    const error = await collectFrom(forge(token)).catch(e => e);
    expect(error.message).toMatch(/credentials for ghe\.example\.com/);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(token);
    expect(error.cause).toBeUndefined();
  });

  it('says that a repository is not to be seen', async () => {
    const result = await forge().collect({
      entity: ENTITY,
      url: 'https://ghe.example.com/acme/nothing',
      signal: new AbortController().signal,
    });
    expect(result).toMatchObject({
      status: 'absent',
      reason: expect.stringContaining('acme/nothing'),
    });
  });

  it('stops when the limit is hit, and says until when', async () => {
    const reset = Math.floor(Date.now() / 1000) + 900;
    github.set('/environments', {
      status: 403,
      body: { message: 'API rate limit exceeded for installation ID 1.' },
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${reset}`,
      },
    });
    await expect(collectFrom(forge())).rejects.toThrow(
      new Date(reset * 1000).toISOString(),
    );
    expect(asked(/actions/)).toBe(0);
  });

  it('does not wait long for a secondary limit', async () => {
    github.set('/environments', {
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit.' },
      headers: { 'retry-after': '60' },
    });
    await expect(collectFrom(forge())).rejects.toThrow(
      /limit of ghe\.example\.com/,
    );
    expect(asked(/environments/)).toBe(1);
  });

  it('leaves the last tenth of a quota to others', async () => {
    github.quota.remaining = 499;
    const reader = forge();
    await expect(collectFrom(reader)).rejects.toThrow(
      new Date(github.quota.reset * 1000).toISOString(),
    );
    expect(github.requests).toHaveLength(1);
    await expect(collectFrom(reader)).rejects.toThrow(/stay for others/);
    expect(github.requests).toHaveLength(1);
  });

  it('asks once more where GitHub stumbles, and takes one stumble for a gap', async () => {
    github.refuse(502, 'Server Error', '/environments');
    const { gaps } = await collectFrom(forge());
    expect(gaps).toEqual({
      environments: expect.stringContaining('502'),
    });
    expect(asked(/environments/)).toBe(3);
  });

  it('throws when GitHub is out of order, so that the last good fact stays', async () => {
    github.refuse(502, 'Server Error', '/environments', '/releases');
    await expect(collectFrom(forge())).rejects.toThrow('502');
  });

  it('says that nobody is there', async () => {
    const reader = forgeWith({ apiBaseUrl: 'http://127.0.0.1:1' });
    await expect(collectFrom(reader)).rejects.toThrow(
      'ghe.example.com cannot be reached',
    );
  });

  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    const running = collectFrom(forge(), controller.signal);
    controller.abort(new Error('The backend shuts down'));
    await expect(running).rejects.toThrow('The backend shuts down');
  });

  it('ends when it is aborted while it waits for a retry', async () => {
    const controller = new AbortController();
    github.refuse(502, 'Server Error', '');
    const reader = forgeWith({
      apiBaseUrl: github.url,
      retryUnitMs: 60_000,
    });
    const running = collectFrom(reader, controller.signal);
    while (github.requests.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    controller.abort(new Error('The backend shuts down'));
    await expect(running).rejects.toThrow('The backend shuts down');
  });
});

it('knows the hosts it is configured for', () => {
  const reader = forge();
  expect(reader.knows('https://ghe.example.com/acme/shop')).toBe(true);
  expect(reader.knows('https://github.com/acme/shop')).toBe(true);
  expect(reader.knows('https://gitlab.com/acme/shop')).toBe(false);
});
