import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { AddressInfo } from 'node:net';
import http from 'node:http';
import { createScoreAction } from './createScoreAction';

const check = (id: string, level: string, pass: string) => ({
  id,
  title: `About ${id}`,
  category: 'a',
  level,
  weight: 1,
  facts: ['repository', 'catalog', 'drift', 'forge'],
  pass,
  remediation: { text: `Mend ${id}` },
});

const PATH = {
  apiVersion: 'golden-path.dev/v1alpha1',
  kind: 'GoldenPath',
  metadata: { name: 'service', title: 'Production service' },
  spec: {
    owner: 'group:default/platform',
    version: '1.2.0',
    appliesTo: { kind: 'Component', 'spec.type': 'service' },
    levels: ['bronze', 'silver', 'gold'],
    checks: [
      check('OWN', 'bronze', 'catalog.ownerExists'),
      check('SEC', 'silver', 'repository.community.securityPolicy'),
      check('CI', 'gold', 'forge.runs.green'),
    ],
  },
};

describe('golden-path:score', () => {
  const directory = createMockDirectory();
  let backend: http.Server;
  let answer: (url: string) => unknown;
  let asked: string[];

  beforeAll(async () => {
    backend = http.createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? ''}`);
      const body = answer(request.url!);
      response.statusCode = body === undefined ? 503 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body ?? {}));
    });
    await new Promise<void>(resolve => {
      backend.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => new Promise(resolve => backend.close(resolve)));

  beforeEach(() => {
    asked = [];
    answer = url =>
      url.endsWith('/paths')
        ? {
            items: [
              {
                name: 'service',
                title: 'Production service',
                version: '1.2.0',
                levels: PATH.spec.levels,
                owner: PATH.spec.owner,
                checks: 3,
                entities: 0,
                source: 'paths/service.yaml',
              },
            ],
            problems: [],
          }
        : { path: PATH, versions: [] };
  });

  function entityFile(type: string, owner: string) {
    return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: pay }
spec: { type: ${type}, lifecycle: experimental, owner: ${owner} }
`;
  }

  const knownCatalog = () =>
    catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'payments', namespace: 'default' },
          spec: { type: 'team', children: [] },
        },
      ],
    });

  async function run(
    files: Record<string, any>,
    input = {},
    catalog: Parameters<
      typeof createScoreAction
    >[0]['catalog'] = knownCatalog(),
  ) {
    directory.setContent(files);
    const action = createScoreAction({
      auth: mockServices.auth(),
      catalog,
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () =>
          `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
      }),
    });
    const context = createMockActionContext({
      input,
      workspacePath: directory.path,
    });
    await action.handler(context as never);
    return Object.fromEntries(
      (context.output as jest.Mock).mock.calls as [string, any][],
    );
  }

  it('says level, score and what to do next', async () => {
    expect(
      await run({
        'catalog-info.yaml': entityFile('service', 'payments'),
        'SECURITY.md': '# Security\n\nReport to security@example.com.\n',
      }),
    ).toEqual({
      summary:
        'Production service 1.2.0: it starts on silver, score 67 to 100 of 100, as some things are not known yet.',
      level: 'silver',
      score: expect.closeTo(66.67, 1),
      steps: [expect.stringMatching(/^CI About CI \(for gold\): /)],
    });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatch(/^\/v1\/paths Bearer ./);
  });

  it('asks the catalog for the owner', async () => {
    const output = await run({
      'catalog-info.yaml': entityFile('service', 'nobody'),
    });
    expect(output.level).toBeNull();
    expect(output.steps[0]).toBe('OWN About OWN (for bronze): Mend OWN');
    expect(output.summary).toContain('is not on the first level yet');
  });

  it('does not know whether there is an owner when the catalog does not answer', async () => {
    const output = await run(
      { 'catalog-info.yaml': entityFile('service', 'payments') },
      {},
      catalogServiceMock.mock({
        getEntityByRef: async () => {
          throw new Error('down');
        },
      }),
    );
    expect(output.level).toBeNull();
    expect(output.steps[0]).toMatch(/^OWN .*Let the missing facts/);
  });

  it('reads the folder it is told', async () => {
    const output = await run(
      { inner: { 'catalog-info.yaml': entityFile('service', 'payments') } },
      { sourcePath: './inner' },
    );
    expect(output.level).toBe('bronze');
  });

  it('says so when no path is for the entity', async () => {
    expect(
      await run({ 'catalog-info.yaml': entityFile('library', 'payments') }),
    ).toEqual({
      summary: 'No golden path is for an entity of this kind and type.',
      level: null,
      score: null,
      steps: [],
    });
  });

  it('keeps nobody from their service when the paths cannot be had', async () => {
    answer = () => undefined;
    const output = await run({
      'catalog-info.yaml': entityFile('service', 'payments'),
    });
    expect(output.summary).toMatch(/^The score is not known/);
    expect(output.level).toBeNull();
  });

  it.each([
    [{}, 'has no catalog-info.yaml'],
    [{ 'catalog-info.yaml': 'kind: 1' }, 'holds no entity'],
  ])('refuses %j', async (files, message) => {
    await expect(run(files as Record<string, string>)).rejects.toThrow(message);
  });
});
