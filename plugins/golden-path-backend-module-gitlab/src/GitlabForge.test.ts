import { setTimeout } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { forgeDataSchema } from '@goldenpath/engine';
import { fixture, GitlabStandIn } from './__testUtils__/GitlabStandIn';
import { GitlabForge } from './GitlabForge';

const NOW = new Date('2026-11-20T12:00:00Z');
const URL_OF_SHOP =
  'https://gitlab.example.com/gitlab/acme/web/shop/-/tree/main/';
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
};
/** What no GitLab tells. */
const ALWAYS_GAPS = [
  'codeownersErrors',
  'security.codeScanningDefaultSetup',
  'security.dependencyAlerts',
  'security.secretScanning',
  'security.shaPinningRequired',
];

let gitlab: GitlabStandIn;
beforeAll(async () => {
  gitlab = await GitlabStandIn.start();
});
beforeEach(() => gitlab.reset());
afterAll(() => gitlab.stop());

function forgeWith(
  token?: string,
  patience = { longestWaitSeconds: 1, retryUnitMs: 1 },
  apiBaseUrl = gitlab.apiBaseUrl,
): GitlabForge {
  return new GitlabForge({
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          gitlab: [
            {
              host: 'gitlab.example.com',
              baseUrl: 'https://gitlab.example.com/gitlab',
              apiBaseUrl,
              token,
            },
          ],
        },
      }),
    ),
    patience,
    clock: () => NOW,
  });
}

async function collect(
  options: { forge?: GitlabForge; signal?: AbortSignal } = {},
) {
  const result = await (options.forge ?? forgeWith(gitlab.token)).collect({
    entity,
    url: URL_OF_SHOP,
    signal: options.signal ?? new AbortController().signal,
  });
  if (result.status !== 'collected') {
    throw new Error(JSON.stringify(result));
  }
  return { data: forgeDataSchema.parse(result.data), gaps: result.gaps ?? {} };
}

function asked(pattern: RegExp): number {
  return gitlab.requests.filter(({ path }) => pattern.test(path)).length;
}

describe('a project of which everything may be seen', () => {
  it('is described in full', async () => {
    const { data, gaps } = await collect();
    expect(Object.keys(gaps).sort()).toEqual(ALWAYS_GAPS);
    expect(data).toMatchObject({
      system: 'gitlab',
      url: 'https://gitlab.example.com/acme/web/shop',
      visibility: 'internal',
      archived: false,
      defaultBranch: 'main',
      branchRules: {
        pullRequestRequired: true,
        requiredApprovals: 1,
        codeOwnerReviewRequired: true,
        requiredChecks: ['image', 'secret_detection', 'verify'],
        forcePushAllowed: false,
        deletionAllowed: false,
      },
      deployments: {
        total: 4,
        concluded: 2,
        newestAt: '2026-11-19T10:00:00.000Z',
      },
      runs: {
        pullRequest: { count: 1, p50Seconds: 600, p95Seconds: 600 },
        defaultBranch: { count: 2, successRate: 0.5 },
        rerunRate: 0.2,
        duplicateCommits: 1,
      },
      alerts: {
        dependencies: {
          critical: 1,
          high: 1,
          medium: 1,
          low: 0,
          oldestCriticalDays: 10,
          oldestHighDays: 30,
        },
        codeScanning: { critical: 0, high: 0 },
        secretScanning: { open: 0 },
      },
      security: { pushProtection: true, defaultTokenPermission: 'read' },
      release: { tag: 'v2.0.0', hasSbom: true, hasAttestation: false },
      pullRequests: {
        merged: 3,
        aiAssisted: 1,
        aiWithoutHumanReview: 1,
        disclosing: 1,
        selfMerged: 2,
      },
    });
    // Four pipelines of 590 seconds and one of 540, and three merges
    expect(data.runs?.minutesPerMergedPullRequest).toBeCloseTo(
      (4 * 590 + 540) / 60 / 3,
    );
    expect(data.environments).toMatchObject([
      { name: 'production', protected: true, reviewers: 2 },
      { name: 'review/fix', protected: false, reviewers: 0 },
    ]);
    expect(data.reportedChecks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'verify', conclusion: 'success' }),
        expect.objectContaining({ name: 'image', conclusion: null }),
      ]),
    );
    expect(data.reportedChecks).toHaveLength(4);
  });

  it('is asked in the spelling that GitLab reads', async () => {
    await collect();
    const { query } = gitlab.requests.find(({ path }) =>
      path.endsWith('/merge_requests'),
    )!;
    expect(query).toMatchObject({
      state: 'merged',
      target_branch: 'main',
      per_page: '100',
      updated_after: '2026-10-23T12:00:00.000Z',
    });
  });

  it('is read page by page', async () => {
    gitlab.pageSize = 1;
    gitlab.set('/pipelines/47/jobs', { body: [] });
    const { data } = await collect();
    expect(data.environments).toHaveLength(2);
    expect(data.runs?.duplicateCommits).toBe(1);
    expect(asked(/\/pipelines$/)).toBe(5);
  });
});

describe('what may not be seen', () => {
  it.each([
    ['/protected_branches', 'branchRules', 'Maintainer'],
    ['/approval_rules', 'branchRules.requiredApprovals', 'Premium'],
    ['/protected_environments', 'environments', 'Premium'],
    ['/deployments', 'deployments', 'Reporter'],
    ['/pipelines', 'runs', 'Reporter'],
    ['/releases', 'release', 'Reporter'],
  ])('%s is a gap at %s and nowhere else', async (at, gap, needs) => {
    gitlab.refuse(403, '403 Forbidden', at);
    const { data, gaps } = await collect();
    expect(Object.keys(gaps).sort()).toEqual([...ALWAYS_GAPS, gap].sort());
    expect(gaps[gap]).toContain(needs);
    const value = gap
      .split('.')
      .reduce<any>((object, key) => object?.[key], data);
    expect(value).toBeUndefined();
  });

  it('takes alerts of all kinds for unknown without the plan', async () => {
    gitlab.refuse(403, '403 Forbidden', '/vulnerabilities');
    const { data, gaps } = await collect();
    expect(data.alerts).toBeUndefined();
    expect(gaps).toMatchObject({
      'alerts.dependencies': expect.stringContaining('Ultimate'),
      'alerts.codeScanning': expect.stringContaining('Ultimate'),
      'alerts.secretScanning': expect.stringContaining('Ultimate'),
    });
  });

  it('does not take what nobody looks for as not there', async () => {
    gitlab.set('/vulnerabilities', { body: [] });
    const { data, gaps } = await collect();
    expect(data.alerts).not.toHaveProperty('dependencies');
    expect(gaps['alerts.dependencies']).toContain('dependency_scanning');
    expect(data.alerts?.codeScanning?.critical).toBe(0);
  });

  it('knows of a push protection by the setting where push rules are hidden', async () => {
    gitlab.refuse(404, '404 Not Found', '/push_rule');
    expect((await collect()).data.security?.pushProtection).toBe(false);
    const { pre_receive_secret_detection_enabled: _, ...rest } =
      fixture('project.json');
    gitlab.answers.set('/gitlab/api/v4/projects/acme/web/shop', { body: rest });
    const { data, gaps } = await collect();
    expect(data.security?.pushProtection).toBeUndefined();
    expect(gaps['security.pushProtection']).toContain('Maintainer');
  });

  it('has no minutes per merge where there was none', async () => {
    gitlab.set('/merge_requests', { body: [] });
    const { data, gaps } = await collect();
    expect(data.runs).not.toHaveProperty('minutesPerMergedPullRequest', 0);
    expect(gaps['runs.minutesPerMergedPullRequest']).toMatch(/merged/);
  });
});

describe('without credentials', () => {
  it('tells what is public and names what is not', async () => {
    gitlab.refuse(
      401,
      '401 Unauthorized',
      '/protected_branches',
      '/protected_environments',
      '/merge_requests/1/approvals',
      '/vulnerabilities',
      '/push_rule',
    );
    const { data, gaps } = await collect({ forge: forgeWith() });
    expect(data.runs?.pullRequest.count).toBe(1);
    expect(data.release?.tag).toBe('v2.0.0');
    expect(Object.keys(gaps)).toEqual(
      expect.arrayContaining(['branchRules', 'environments', 'pullRequests']),
    );
    expect(gitlab.requests.every(r => r.authorization === undefined)).toBe(
      true,
    );
  });
});

describe('what concerns the whole fact', () => {
  it('refuses to go on with credentials that GitLab does not take', async () => {
    const token = 'glpat-wrongwrongwrong';
    const error = await collect({ forge: forgeWith(token) }).catch(e => e);
    expect(error.message).toMatch(/credentials for gitlab\.example\.com/);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(token);
    expect(error.cause).toBeUndefined();
  });

  it('says that a project is not to be seen', async () => {
    gitlab.answers.delete('/gitlab/api/v4/projects/acme/web/shop');
    await expect(collect()).rejects.toThrow(
      /absent.*shows no project acme\/web\/shop/,
    );
  });

  it('says that a project is empty', async () => {
    gitlab.answers.set('/gitlab/api/v4/projects/acme/web/shop', {
      body: { ...fixture('project.json'), default_branch: null },
    });
    await expect(collect()).rejects.toThrow(/absent.*has no branch/);
  });

  it('stops when the limit is hit, and says until when', async () => {
    const reset = Math.floor(Date.now() / 1000) + 55;
    gitlab.set('/pipelines', {
      status: 429,
      body: 'Retry later',
      headers: { 'ratelimit-reset': `${reset}` },
    });
    await expect(collect()).rejects.toThrow(
      new Date(reset * 1000).toISOString(),
    );
    expect(asked(/releases/)).toBe(0);
  });

  it('asks again when a limit passes soon, but not for ever', async () => {
    gitlab.set('/releases', {
      status: 429,
      body: 'Retry later',
      headers: { 'retry-after': '0' },
    });
    await expect(collect()).rejects.toThrow(/limit/);
    expect(asked(/releases/)).toBe(3);
  });

  it('leaves the last tenth of a quota to others', async () => {
    gitlab.quota.remaining = 199;
    await expect(collect()).rejects.toThrow(
      new Date(gitlab.quota.reset * 1000).toISOString(),
    );
    expect(gitlab.requests).toHaveLength(1);
  });

  it('takes one stumble for a gap and two for an outage', async () => {
    gitlab.refuse(502, 'Bad gateway', '/deployments');
    const { gaps } = await collect();
    expect(gaps.deployments).toContain('502');
    expect(asked(/deployments/)).toBe(3);
    gitlab.refuse(502, 'Bad gateway', '/releases');
    await expect(collect()).rejects.toThrow('502');
  });

  it('says that nobody is there', async () => {
    const forge = forgeWith(undefined, undefined, 'http://127.0.0.1:1/api/v4');
    await expect(collect({ forge })).rejects.toThrow(
      'gitlab.example.com cannot be reached',
    );
  });

  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    const running = collect({ signal: controller.signal });
    controller.abort(new Error('The backend shuts down'));
    await expect(running).rejects.toThrow('The backend shuts down');
  });

  it('ends when it is aborted while it waits for a retry', async () => {
    const controller = new AbortController();
    gitlab.refuse(502, 'Bad gateway', '/protected_branches');
    const running = collect({
      forge: forgeWith(gitlab.token, {
        longestWaitSeconds: 600,
        retryUnitMs: 60_000,
      }),
      signal: controller.signal,
    });
    while (asked(/protected_branches/) === 0) {
      await setTimeout(5);
    }
    // The answer has to arrive first
    await setTimeout(200);
    controller.abort(new Error('The backend shuts down'));
    await expect(running).rejects.toThrow('The backend shuts down');
  });
});

it('knows the hosts it is configured for', () => {
  const forge = forgeWith();
  expect(forge.knows('https://gitlab.example.com/a/b')).toBe(true);
  expect(forge.knows('https://gitlab.com/a/b')).toBe(true);
  expect(forge.knows('https://github.com/a/b')).toBe(false);
});
