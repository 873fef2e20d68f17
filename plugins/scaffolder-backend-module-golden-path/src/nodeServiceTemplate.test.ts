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
import {
  compilePath,
  describeRepository,
  digestOf,
  loadGoldenPath,
  LOCK_FILE,
  parseLock,
  scorePath,
} from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModuleGoldenPath } from './module';

const FILE = path.resolve(
  path.dirname(
    require.resolve(
      '@goldenpath/backstage-plugin-scaffolder-backend-module-golden-path/package.json',
    ),
  ),
  '../../templates/node-service/template.yaml',
);

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

describe('the node-service template', () => {
  const directory = createMockDirectory({ content: { work: {} } });
  let backend: TestBackend;

  beforeAll(async () => {
    const template = parse(await fs.readFile(FILE, 'utf8'));
    template.metadata.annotations[
      'backstage.io/managed-by-location'
    ] = `file:${FILE}`;
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
        templateRef: 'template:default/node-service',
        values: {
          name: 'pay',
          description: 'Takes payments',
          owner: 'group:default/payments',
          tier: 2,
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

  async function render(): Promise<Map<string, string>> {
    const response = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: parse(await fs.readFile(FILE, 'utf8')),
        values: {
          name: 'pay',
          description: 'Takes payments',
          owner: 'group:default/payments',
          tier: 2,
          destination: 'github',
          repoUrl: 'github.com?owner=acme&repo=pay',
          visibility: 'private',
        },
        directoryContents: (
          await serializeDirectoryContents(path.dirname(FILE))
        ).map(file => ({
          path: file.path,
          base64Content: file.content.toString('base64'),
        })),
      });
    expect(response.status).toBe(200);
    return new Map<string, string>(
      response.body.directoryContents.map(
        (file: { path: string; base64Content: string }) => [
          file.path,
          Buffer.from(file.base64Content, 'base64').toString('utf8'),
        ],
      ),
    );
  }

  it('renders a service that carries its lock and its own pipelines', async () => {
    const files = await render();
    const lock = parseLock({ text: files.get(LOCK_FILE)!, file: LOCK_FILE });
    expect(Object.keys(lock.layers[0].rendered.files).sort()).toEqual(
      [...files.keys()].filter(file => file !== LOCK_FILE).sort(),
    );
    expect(files.get('.github/workflows/ci.yml')).toContain('${{ github.');
    const leftOver = [...files].filter(([, text]) =>
      /\$\{\{ ?values/.test(text),
    );
    expect(leftOver).toEqual([]);
  });

  it('starts at the top of its path', async () => {
    const now = new Date();
    const files = [...(await render())].map(([name, text]) => {
      const content = Buffer.from(text);
      return {
        path: name,
        mode: '100644' as const,
        size: content.length,
        sha256: digestOf(content),
        content,
      };
    });
    const file = path.resolve(FILE, '../../../paths/service.yaml');
    const text = await fs.readFile(file, 'utf8');
    const fact = (data: object) => ({
      observedAt: now.toISOString(),
      data: JSON.parse(JSON.stringify(data)),
    });
    const card = scorePath({
      path: compilePath(loadGoldenPath({ text, file })),
      entityRef: 'component:default/pay',
      facts: {
        repository: fact(describeRepository({ files, commit: null, now })),
        catalog: fact({
          ownerExists: true,
          annotations: {
            'backstage.io/techdocs-ref': 'dir:.',
            'backstage.io/source-location': 'url:https://github.com/acme/pay/',
          },
        }),
      },
      waivers: [],
      now,
    });
    // What is announced counts from its day on; what does not apply cannot be missed.
    const short = card.checks.filter(
      check =>
        check.stage === 'enforce' &&
        !['pass', 'not-applicable'].includes(check.verdict),
    );
    expect(short.map(check => [check.id, check.message])).toEqual([]);
    expect(card).toMatchObject({ level: 'gold', score: { raw: 100 } });
  });
});
