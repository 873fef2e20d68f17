import { describeTexts } from './__fixtures__/describeTexts';

const pods = (spec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    metadata: { labels: { app: web, acme.example/team: a } }\n    spec: ${spec}\n`;

describe('describeWorkloads', () => {
  it('takes what is not said as Kubernetes takes it', () => {
    const { workloads, containers } = describeTexts({
      'k8s/web.yaml': pods('{ containers: [{ name: web, image: web:1 }] }'),
    });
    expect(workloads).toEqual([
      {
        file: 'k8s/web.yaml',
        line: 1,
        kind: 'Deployment',
        name: 'web',
        serves: true,
        serviceAccountToken: true,
        hostAccess: false,
        networkPolicy: false,
        costCentre: false,
        team: true,
        environment: false,
        liveness: false,
        readiness: false,
        preStop: false,
        gracePeriodSeconds: 30,
      },
    ]);
    expect(containers).toEqual([
      {
        file: 'k8s/web.yaml',
        line: 7,
        workload: 'web',
        name: 'web',
        image: 'web:1',
        init: false,
        runAsNonRoot: false,
        privileged: false,
        privilegeEscalation: true,
        dropsCapabilities: false,
        seccomp: false,
        readOnlyRootFilesystem: false,
        cpuRequest: false,
        memoryRequest: false,
        memoryLimit: false,
      },
    ]);
  });

  it('lets containers overrule their pod, and root overrule both', () => {
    const { containers } = describeTexts({
      'k8s/web.yaml': pods(
        `{ securityContext: { runAsNonRoot: true }, containers: [
        { name: a, securityContext: { runAsNonRoot: false } },
        { name: b, securityContext: { runAsUser: 0 } },
        { name: c, securityContext: { runAsUser: 65532 } },
        { name: d, securityContext: { runAsNonRoot: "\${NON_ROOT}" } }] }`,
      ),
    });
    expect(containers?.map(c => c.runAsNonRoot)).toEqual([
      false,
      false,
      true,
      undefined,
    ]);
  });

  it('tells jobs from services and sidecars from what runs first', () => {
    const { workloads, containers } = describeTexts({
      'k8s/job.yaml':
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: night }\nspec: { jobTemplate: { spec: { template: { spec: { initContainers: [{ name: wait }, { name: proxy, restartPolicy: Always }], containers: [{ name: job }] } } } } }\n',
    });
    expect(workloads).toMatchObject([{ kind: 'CronJob', serves: false }]);
    expect(containers?.map(c => [c.name, c.init])).toEqual([
      ['job', false],
      ['wait', true],
      ['proxy', false],
    ]);
  });

  it('leaves the token open when the account is elsewhere', () => {
    const spec = (more: string) =>
      describeTexts({
        'k8s/web.yaml': pods(`{ containers: [{ name: web }]${more} }`),
      }).workloads?.[0].serviceAccountToken;
    expect(spec(', serviceAccountName: other')).toBeUndefined();
    expect(
      spec(', serviceAccountName: other, automountServiceAccountToken: false'),
    ).toBe(false);
  });

  it('counts only labels that every overlay adds', () => {
    const base = {
      'deploy/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'deploy/base/web.yaml': pods('{ containers: [{ name: web }] }'),
      'deploy/prod/kustomization.yaml':
        'resources: [../base]\ncommonLabels: { environment: prod }\n',
    };
    expect(describeTexts(base).workloads).toMatchObject([
      { environment: true },
    ]);
    expect(
      describeTexts({
        ...base,
        'deploy/dev/kustomization.yaml': 'resources: [../base]\n',
      }).workloads,
    ).toMatchObject([{ environment: false }]);
    expect(
      describeTexts({
        ...base,
        'deploy/dev/kustomization.yaml':
          'resources: [../base]\ncomponents: [../labels]\n',
        'deploy/labels/kustomization.yaml':
          'kind: Component\nlabels: [{ pairs: { env: dev }, includeSelectors: true }]\n',
      }).workloads,
    ).toMatchObject([{ environment: true }]);
  });

  it('leaves open what a patch may have put right, and only for what it reaches', () => {
    const files = (patch: string) => ({
      'deploy/kustomization.yaml': `resources: [web.yaml]\npatches:\n${patch}`,
      'deploy/web.yaml': pods('{ containers: [{ name: web }] }'),
    });
    const seccomp = (patch: string) =>
      describeTexts(files(patch)).containers?.[0].seccomp;
    const ops = (path: string) =>
      `  - target: { kind: Deployment }\n    patch: |\n      - { op: add, path: ${path}, value: {} }\n`;
    expect(seccomp(ops('/spec/template/spec/securityContext'))).toBeUndefined();
    expect(seccomp(ops('/spec/replicas'))).toBe(false);
    expect(
      seccomp(ops('/spec/template/spec').replace('Deployment', 'DaemonSet')),
    ).toBe(false);
    expect(seccomp('  - path: missing.yaml\n')).toBeUndefined();
  });

  it('says nothing of what must be rendered or fetched', () => {
    const unread = (file: string) => [{ file, line: 1, unreadable: true }];
    expect(
      describeTexts({
        'charts/web/Chart.yaml': 'name: web\n',
        'charts/web/templates/web.yaml': '{{ .Values }}',
      }).workloads,
    ).toEqual(unread('charts/web/Chart.yaml'));
    expect(
      describeTexts({
        'deploy/kustomization.yaml':
          'resources: [https://example.org/base?ref=v1]\n',
      }).workloads,
    ).toEqual(unread('deploy/kustomization.yaml'));
    expect(describeTexts({ 'k8s/web.yaml': 'a: {' }).containers).toEqual(
      unread('k8s/web.yaml'),
    );
    expect(describeTexts({ 'src/a.ts': '' }).workloads).toEqual([]);
  });

  it.each([
    ['config/deployments/web.yaml', 1],
    ['kubernetes-manifests/web.yaml', 1],
    ['services/web/k8s/web.yaml', 1],
    ['deployment.yaml', 1],
    ['docs/k8s/web.yaml', 0],
    ['test/k8s/web.yaml', 0],
    ['src/web.yaml', 0],
  ])('finds in %s workloads: %d', (file, count) => {
    const text = pods('{ containers: [{ name: web }] }');
    expect(describeTexts({ [file]: text }).workloads).toHaveLength(count);
  });

  it('has no use for a file of definitions, however long', () => {
    const crd = (more: string) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n# ${'x'.repeat(
        600_000,
      )}\n${more}`;
    const described = describeTexts({ 'manifests/crd.yaml': crd('') });
    expect(described.workloads).toEqual([]);
    expect(described.problems).toEqual([]);
    expect(
      describeTexts({ 'manifests/crd.yaml': crd('---\nkind: Deployment\n') })
        .workloads,
    ).toEqual([{ file: 'manifests/crd.yaml', line: 1, unreadable: true }]);
  });

  it('finds the policy that selects the pods', () => {
    const policy = (selector: string) =>
      describeTexts({
        'k8s/web.yaml': pods('{ containers: [{ name: web }] }'),
        'k8s/policy.yaml': `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec: { podSelector: ${selector} }\n`,
      }).workloads?.[0].networkPolicy;
    expect(policy('{}')).toBe(true);
    expect(policy('{ matchLabels: { app: web } }')).toBe(true);
    expect(policy('{ matchLabels: { app: db } }')).toBe(false);
    expect(
      policy('{ matchExpressions: [{ key: app, operator: Exists }] }'),
    ).toBeUndefined();
  });
});
