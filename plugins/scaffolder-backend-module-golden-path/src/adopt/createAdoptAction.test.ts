import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parseLock } from '@goldenpath/engine';
import fs from 'fs-extra';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readFolder } from '../fetch/readFolder';
import { createAdoptAction } from './createAdoptAction';

const LOCK = '.golden-path.lock.yaml';
const MANIFEST = `schemaVersion: 1
version: 1.0.0
classes: { managed: [SECURITY.md] }
`;

const check = (id: string, level: string, pass: string) => ({
  id,
  title: `About ${id}`,
  category: 'a',
  level,
  weight: 1,
  facts: ['repository', 'catalog'],
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
    levels: ['bronze', 'silver'],
    checks: [
      check('README', 'bronze', 'repository.docs.readme'),
      check('OWN', 'silver', 'catalog.ownerExists'),
      check('SEC', 'silver', 'repository.community.securityPolicy'),
    ],
  },
};

const ENTITY = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: "\${{ values.name }}" }
spec: { type: service, lifecycle: production, owner: payments }
`;

describe('golden-path:adopt', () => {
  const directory = createMockDirectory();
  let backend: http.Server;
  let isUp: boolean;

  beforeAll(async () => {
    backend = http.createServer((request, response) => {
      response.statusCode = isUp ? 200 : 503;
      response.setHeader('content-type', 'application/json');
      const item = {
        name: 'service',
        title: 'Production service',
        version: '1.2.0',
        levels: PATH.spec.levels,
        owner: PATH.spec.owner,
        checks: 3,
        entities: 0,
        source: 'paths/service.yaml',
      };
      const all = request.url!.endsWith('/paths');
      response.end(
        JSON.stringify(
          all ? { items: [item], problems: [] } : { path: PATH, versions: [] },
        ),
      );
    });
    await new Promise<void>(resolve => {
      backend.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => new Promise(resolve => backend.close(resolve)));

  beforeEach(() => {
    isUp = true;
    directory.setContent({
      template: {
        'template.yaml': 'kind: Template\n',
        'golden-path.template.yaml': MANIFEST,
        skeleton: {
          'catalog-info.yaml': ENTITY,
          'README.md': 'Theirs',
          'SECURITY.md': '# Security\n\nWrite to security@example.com.\n',
          docs: { 'runbook.md': '# Runbook of ${{ values.name }}\n' },
        },
      },
      repository: { 'README.rst': 'Ours', docs: 'a file' },
      workspace: {},
      tmp: {},
    });
  });

  async function run(
    input: Record<string, unknown> = {},
    options: { secrets?: Record<string, string>; isDryRun?: boolean } = {},
  ) {
    const asked: string[] = [];
    const action = createAdoptAction({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'payments', namespace: 'default' },
            spec: { type: 'team', children: [] },
          },
        ],
      }),
      config: mockServices.rootConfig({ data: {} }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () =>
          `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
        getExternalBaseUrl: async id => `https://backstage.test/api/${id}`,
      }),
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
      reader: mockServices.urlReader.mock({
        readTree: async url => {
          asked.push(url);
          if (url.includes('nowhere')) {
            throw new Error('Not found');
          }
          return {
            etag: 'abc1234',
            files: async () => [],
            archive: async () => {
              throw new Error('not asked for');
            },
            dir: async target => {
              const targetDir = target!.targetDir!;
              await fs.copy(directory.resolve('repository'), targetDir);
              return targetDir;
            },
          };
        },
      }),
    });
    const context = createMockActionContext({
      input: {
        repository: 'https://github.com/acme/pay',
        values: { name: 'pay' },
        ...input,
      },
      workspacePath: directory.resolve('workspace'),
    });
    await action.handler({
      ...context,
      secrets: options.secrets,
      isDryRun: options.isDryRun,
      task: { id: 'task-1' },
      templateInfo: {
        entityRef: 'template:default/adopt',
        baseUrl: `file://${directory.resolve('template/template.yaml')}`,
      },
      createTemporaryDirectory: () =>
        fs.mkdtemp(path.join(directory.resolve('tmp'), 'x-')),
    } as never);
    const output = Object.fromEntries(
      (context.output as jest.Mock).mock.calls as [string, unknown][],
    );
    return { asked, output };
  }

  const workspace = async () =>
    (await readFolder(directory.resolve('workspace')))
      .map(file => file.path)
      .sort();

  it('writes the missing files and the lock, and nothing that was there', async () => {
    const { asked, output } = await run();
    expect(asked).toEqual(['https://github.com/acme/pay']);
    expect(await workspace()).toEqual([
      LOCK,
      'SECURITY.md',
      'catalog-info.yaml',
    ]);
    expect(output).toEqual({
      files: 2,
      added: '- `SECURITY.md`\n- `catalog-info.yaml`',
      kept: [
        '- `README.md`: The repository has the README there, see `README.rst`.',
        '- `docs/runbook.md`: A file or link is there where its folder would be, see `docs`.',
      ].join('\n'),
      scoreBefore: expect.closeTo(66.67, 1),
      scoreAfter: 100,
      levelBefore: 'bronze',
      levelAfter: 'silver',
      summary:
        '2 files are new, 2 were left out. Production service 1.2.0: bronze with 67 of 100 before, silver with 100 of 100 after.',
      version: '1.0.0',
    });
    const lock = parseLock({
      text: await fs.readFile(directory.resolve(`workspace/${LOCK}`), 'utf8'),
      file: LOCK,
    });
    expect(lock.layers).toMatchObject([
      {
        id: 'adopted',
        template: { entityRef: 'template:default/adopt', version: '1.0.0' },
        applied: { via: 'scaffolder-task:task-1' },
        rendered: { absent: ['README.md', 'docs/runbook.md'] },
      },
    ]);
  });

  it('has nothing to propose the second time', async () => {
    await run();
    await fs.copy(
      directory.resolve('workspace'),
      directory.resolve('repository'),
    );
    await fs.emptyDir(directory.resolve('workspace'));
    const { output } = await run();
    expect(output).toMatchObject({ files: 0, added: 'Nothing was missing.' });
    expect(output.summary).toMatch(/^The repository has all of it already/);
    expect(await workspace()).toEqual([]);
  });

  it('adds its layer beside those of the lock that is there', async () => {
    await run({ layerId: 'docs' });
    await fs.move(
      directory.resolve(`workspace/${LOCK}`),
      directory.resolve(`repository/${LOCK}`),
    );
    await run();
    const text = await fs.readFile(directory.resolve(`workspace/${LOCK}`));
    const { layers } = parseLock({ text: text.toString(), file: LOCK });
    expect(layers.map(({ id }) => id)).toEqual(['docs', 'adopted']);
  });

  it('reads a repository of this Backstage by its name', async () => {
    const { asked } = await run({ repository: 'pay' });
    expect(asked).toEqual([
      'https://backstage.test/api/local-git/repositories/pay/tree/main/',
    ]);
  });

  it('keeps nobody from their change when the paths cannot be had', async () => {
    isUp = false;
    const { output } = await run();
    expect(output).toMatchObject({
      files: 2,
      scoreBefore: null,
      levelAfter: null,
      summary: expect.stringContaining('The score is not known'),
    });
  });

  it.each([
    [{ values: {} }, 'values: the template needs name too'],
    [{ repository: 'file:///etc' }, 'is neither the name'],
    [{ repository: 'https://nowhere.test/a' }, 'cannot be read'],
    [{ values: { name: 'hidden-token' } }, 'holds a secret'],
    [{ targetPath: '../elsewhere' }, ''],
  ])('refuses %j', async (input, message) => {
    await expect(
      run(input, { secrets: { a: 'hidden-token' } }),
    ).rejects.toThrow(message);
    expect(await workspace()).toEqual([]);
  });
});
