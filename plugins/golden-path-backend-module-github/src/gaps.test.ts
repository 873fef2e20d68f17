import { collectFrom, forgeWith } from './__testUtils__/forgeUnderTest';
import { fixture, GithubStandIn } from './__testUtils__/GithubStandIn';
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

describe('what may not be seen', () => {
  it.each([
    ['/branches/main/protection', 'branchRules', 'Administration: read'],
    ['/commits/main/status', 'reportedChecks', 'Commit statuses: read'],
    ['/environments', 'environments', 'Actions: read'],
    ['/actions/runs', 'runs', 'Actions: read'],
    ['/dependabot/alerts', 'alerts.dependencies', 'Dependabot alerts: read'],
    [
      '/code-scanning/alerts',
      'alerts.codeScanning',
      'Code scanning alerts: read',
    ],
    [
      '/secret-scanning/alerts',
      'alerts.secretScanning',
      'Secret scanning alerts: read',
    ],
    [
      '/code-scanning/default-setup',
      'security.codeScanningDefaultSetup',
      'Administration: read',
    ],
    [
      '/actions/permissions',
      'security.shaPinningRequired',
      'Administration: read',
    ],
    [
      '/actions/permissions/workflow',
      'security.defaultTokenPermission',
      'Administration: read',
    ],
    ['/vulnerability-alerts', 'security.dependencyAlerts', 'Administration'],
    ['/releases', 'release', 'Contents: read'],
    ['/codeowners/errors', 'codeownersErrors', 'Contents: read'],
  ])('%s is a gap at %s and nowhere else', async (at, gap, needs) => {
    github.refuse(403, 'Resource not accessible by integration', at);
    const { data, gaps } = await collectFrom(forge());
    expect(Object.keys(gaps)).toEqual([gap]);
    expect(gaps[gap]).toContain(needs);
    const value = gap
      .split('.')
      .reduce<any>((object, key) => object?.[key], data);
    expect(value).toBeUndefined();
  });

  it('does not take rulesets for all there is when a protection is hidden', async () => {
    github.refuse(404, 'Not Found', '/branches/main/protection');
    const { data, gaps } = await collectFrom(forge());
    expect(data.branchRules).toBeUndefined();
    expect(gaps.branchRules).toContain('Administration: read');
  });

  it('asks for no protection where there is none', async () => {
    github.set('/branches/main', {
      body: {
        ...fixture('branch.json'),
        protected: false,
        protection: { enabled: false },
      },
    });
    const { data } = await collectFrom(forge());
    expect(data.branchRules).toMatchObject({
      requiredApprovals: 1,
      forcePushAllowed: true,
      deletionAllowed: false,
    });
    expect(asked(/protection$/)).toBe(0);
  });

  it('does not take a hidden setting for one that is off', async () => {
    const { security_and_analysis: _, ...rest } = fixture('repository.json');
    github.set('', { body: rest });
    github.refuse(404, 'Not Found', '/vulnerability-alerts');
    const { data, gaps } = await collectFrom(forge());
    expect(data.security).not.toHaveProperty('secretScanning');
    expect(data.security).not.toHaveProperty('dependencyAlerts');
    expect(Object.keys(gaps).sort()).toEqual([
      'security.dependencyAlerts',
      'security.pushProtection',
      'security.secretScanning',
    ]);
  });

  it('names the right that a query lacks', async () => {
    github.graphql.set('deployments', [
      {
        data: { repository: null },
        errors: [
          {
            type: 'FORBIDDEN',
            message: 'Resource not accessible by integration',
          },
        ],
      },
    ]);
    const { gaps } = await collectFrom(forge());
    expect(gaps).toEqual({
      deployments: expect.stringContaining('Deployments: read'),
    });
  });

  it('does not count alerts that were not read', async () => {
    const [alert] = fixture('dependabot-alerts.json').slice(3);
    github.set('/dependabot/alerts', { body: Array(501).fill(alert) });
    const { data, gaps } = await collectFrom(forge());
    expect(data.alerts).not.toHaveProperty('dependencies');
    expect(gaps['alerts.dependencies']).toContain('500');
  });

  it('does not say that a release without files lacks an SBOM', async () => {
    const releases = fixture('releases.json');
    releases[1].assets = [];
    github.set('/releases', { body: releases });
    const { data, gaps } = await collectFrom(forge());
    expect(data.release).toMatchObject({ tag: 'v2.0.0' });
    expect(data.release).not.toHaveProperty('hasSbom', false);
    expect(Object.keys(gaps)).toEqual([
      'release.hasSbom',
      'release.hasAttestation',
    ]);
  });

  it('knows nothing of attestations without the right to read them', async () => {
    const releases = fixture('releases.json');
    releases[1].assets.pop();
    github.set('/releases', { body: releases });
    github.refuse(
      403,
      'Resource not accessible by integration',
      `/attestations/${encodeURIComponent(releases[1].assets[0].digest)}`,
    );
    const { data, gaps } = await collectFrom(forge());
    expect(data.release).not.toHaveProperty('hasAttestation', false);
    expect(gaps['release.hasAttestation']).toContain('Attestations: read');
  });

  it('lets an answer of an unknown form be a gap', async () => {
    github.set('/codeowners/errors', { body: { errors: 'none' } });
    const { gaps } = await collectFrom(forge());
    expect(gaps.codeownersErrors).toContain('errors');
  });
});

describe('without credentials', () => {
  it('tells what is public and names what is not', async () => {
    github.refuse(
      403,
      'Must have admin rights to Repository.',
      '/code-scanning/default-setup',
      '/actions/permissions',
      '/actions/permissions/workflow',
      '/dependabot/alerts',
      '/code-scanning/alerts',
    );
    github.refuse(401, 'Requires authentication', '/secret-scanning/alerts');
    const { data, gaps } = await collectFrom(
      forgeWith({ apiBaseUrl: github.url }),
    );
    expect(data.reportedChecks).toBeDefined();
    expect(data.runs?.pullRequest.count).toBe(3);
    expect(Object.keys(gaps)).toEqual(
      expect.arrayContaining([
        'deployments',
        'pullRequests',
        'runs.minutesPerMergedPullRequest',
        'alerts.dependencies',
        'alerts.secretScanning',
      ]),
    );
    expect(asked(/graphql|jobs/)).toBe(0);
    expect(github.requests.every(r => r.authorization === undefined)).toBe(
      true,
    );
  });
});
