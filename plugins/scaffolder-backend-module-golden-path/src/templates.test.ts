import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import { LOCK_FILE, parseLock } from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModuleGoldenPath } from './module';

const FOLDER = path.resolve(
  path.dirname(
    require.resolve(
      '@goldenpath/backstage-plugin-scaffolder-backend-module-golden-path/package.json',
    ),
  ),
  '../../templates',
);

const TEMPLATES = [
  'node-service',
  'python-service',
  'go-service',
  'java-service',
  'react-app',
  'typescript-library',
];

const FORGES = [
  ['github', 'publish:github', 'github.com?owner=acme&repo=pay'],
  ['gitlab', 'publish:gitlab', 'gitlab.com?owner=acme&repo=pay'],
  ['gitea', 'publish:gitea', 'gitea.com?owner=acme&repo=pay'],
  [
    'bitbucketCloud',
    'publish:bitbucketCloud',
    'bitbucket.org?workspace=acme&project=p&repo=pay',
  ],
  [
    'azure',
    'publish:azure',
    'dev.azure.com?organization=acme&project=p&repo=pay',
  ],
] as const;

/** What each action outside this module was called with. */
const calls: { id: string; input: Record<string, unknown> }[] = [];

const recorded = (id: string) =>
  createTemplateAction({
    id,
    supportsDryRun: true,
    schema: { input: z => z.record(z.any()) },
    async handler(ctx) {
      calls.push({ id, input: JSON.parse(JSON.stringify(ctx.input)) });
      ctx.output('repoContentsUrl' as never, `https://${id}/pay/` as never);
    },
  });

const forges = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'recorded',
  register(env) {
    env.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(...FORGES.map(([, id]) => recorded(id)));
      },
    });
  },
});

describe.each(TEMPLATES)('the template %s', templateName => {
  const file = path.join(FOLDER, templateName, 'template.yaml');
  const directory = createMockDirectory({ content: { work: {} } });
  let backend: TestBackend;

  beforeAll(async () => {
    const template = parse(await fs.readFile(file, 'utf8'));
    template.metadata.annotations[
      'backstage.io/managed-by-location'
    ] = `file:${file}`;
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleGoldenPath,
        forges,
        eventsServiceFactory,
        catalogServiceMock.factory({ entities: [template] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              workingDirectory: directory.resolve('work'),
            },
          },
        }),
      ],
    });
  });

  afterAll(() => backend.stop());
  beforeEach(() => calls.splice(0));

  async function run(values: Record<string, unknown>) {
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({
        templateRef: `template:default/${templateName}`,
        values: {
          name: 'pay',
          description: 'Takes payments',
          owner: 'group:default/payments',
          tier: 2,
          flagProvider: 'file',
          delivery: 'forge',
          visibility: 'private',
          ...values,
        },
      });
    for (;;) {
      const task = await request(backend.server).get(
        `/api/scaffolder/v2/tasks/${body.id}`,
      );
      if (!['open', 'processing'].includes(task.body.status)) {
        const events = await request(backend.server).get(
          `/api/scaffolder/v2/tasks/${body.id}/events`,
        );
        return JSON.stringify(events.body);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  it.each(FORGES)(
    'publishes to %s through %s alone',
    async (destination, action, repoUrl) => {
      const log = await run({ destination, repoUrl });
      expect(calls.map(call => call.id)).toEqual([action]);
      expect(calls[0].input).toMatchObject({
        repoUrl,
        defaultBranch: 'main',
      });
      expect(log).toContain('Skipping step publishLocal');
      expect(log).not.toContain('Skipping step register because');
    },
  );

  it('stays on this Backstage by default, whose git host is asked', async () => {
    const log = await run({ destination: 'local' });
    expect(calls).toEqual([]);
    expect(log).toContain('Beginning step Publish to this Backstage');
    for (const [destination] of FORGES) {
      const step = destination[0].toLocaleUpperCase('en-US');
      expect(log).toContain(
        `Skipping step publish${step}${destination.slice(1)}`,
      );
    }
  });

  async function render(
    values: Record<string, unknown>,
  ): Promise<Map<string, string>> {
    const response = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: parse(await fs.readFile(file, 'utf8')),
        values: {
          name: 'pay',
          description: 'Says "hello" & waves',
          owner: 'group:default/payments',
          tier: 2,
          flagProvider: 'file',
          delivery: 'forge',
          visibility: 'private',
          ...values,
        },
        directoryContents: (
          await serializeDirectoryContents(path.dirname(file))
        ).map(one => ({
          path: one.path,
          base64Content: one.content.toString('base64'),
        })),
      });
    expect(response.status).toBe(200);
    return new Map<string, string>(
      response.body.directoryContents.map(
        (one: { path: string; base64Content: string }) => [
          one.path,
          Buffer.from(one.base64Content, 'base64').toString('utf8'),
        ],
      ),
    );
  }

  const has = (files: Map<string, string>, part: string) =>
    [...files.keys()].some(name => name.startsWith(part));

  it('gives a repository its lock and the pipeline of its forge', async () => {
    const github = await render({
      destination: 'github',
      repoUrl: 'github.com?owner=acme&repo=pay',
    });
    const lock = parseLock({ text: github.get(LOCK_FILE)!, file: LOCK_FILE });
    expect(Object.keys(lock.layers[0].rendered.files).sort()).toEqual(
      [...github.keys()].filter(name => name !== LOCK_FILE).sort(),
    );
    expect(github.get('.github/workflows/ci.yml')).toContain('${{ github.');
    expect(github.get('.github/workflows/security.yml')).not.toContain(
      'codeql-action/init',
    );
    expect(has(github, '.gitlab')).toBe(false);
    const leftOver = [...github].filter(([, text]) =>
      /\$\{\{ ?values/.test(text),
    );
    expect(leftOver).toEqual([]);

    const gitlab = await render({
      destination: 'gitlab',
      repoUrl: 'gitlab.com?owner=acme&repo=pay',
    });
    expect(has(gitlab, '.gitlab-ci.yml')).toBe(true);
    expect(has(gitlab, '.github/workflows')).toBe(false);
  });

  it.each([
    [{ visibility: 'public' }, true],
    [{ visibility: 'internal' }, false],
    [{ visibility: 'private', plan: 'advanced' }, true],
  ])('scans code as the plan allows with %j', async (values, expected) => {
    const files = await render({
      destination: 'github',
      repoUrl: 'github.com?owner=acme&repo=pay',
      ...values,
    });
    expect(
      files.get('.github/workflows/security.yml')!.includes('codeql-action'),
    ).toBe(expected);
  });
});
