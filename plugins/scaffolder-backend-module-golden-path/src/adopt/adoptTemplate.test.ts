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
import { parseLock } from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModuleGoldenPath } from '../module';

const LOCK = '.golden-path.lock.yaml';
const FOLDER = path.resolve(
  __dirname,
  '../../../../templates/adopt-golden-path',
);

/** The forges' own actions, which keep what they were given. */
function forges(calls: [string, Record<string, string>][]) {
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'forges',
    register(env) {
      env.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          for (const [id, output] of [
            ['publish:github:pull-request', 'remoteUrl'],
            ['publish:gitlab:merge-request', 'mergeRequestUrl'],
            ['publish:bitbucketCloud:pull-request', 'pullRequestUrl'],
          ]) {
            actions.addActions(
              createTemplateAction({
                id,
                supportsDryRun: true,
                schema: { input: z => z.record(z.string()) },
                async handler(ctx) {
                  calls.push([id, ctx.input]);
                  ctx.output(
                    output as never,
                    `https://forge.test/${id}` as never,
                  );
                },
              }),
            );
          }
        },
      });
    },
  });
}

describe('the template adopt-golden-path', () => {
  const directory = createMockDirectory();
  const calls: [string, Record<string, string>][] = [];
  const asked: string[] = [];
  let backend: TestBackend;

  beforeAll(async () => {
    directory.setContent({
      work: {},
      repository: {
        'README.md': '# Pay\n',
        'package.json': '{"scripts":{"test":"node --test"}}',
        'package-lock.json': '{}',
        CODEOWNERS: '* @acme/pay\n',
      },
    });
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleGoldenPath,
        forges(calls),
        eventsServiceFactory,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.urlReader.mock({
          readTree: async url => {
            asked.push(url);
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
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              workingDirectory: directory.resolve('work'),
            },
            integrations: {
              gitlab: [{ host: 'gitlab.com' }],
              bitbucketCloud: [{ username: 'u', appPassword: 'p' }],
            },
          },
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  const ANSWERS = {
    name: 'pay',
    description: 'Takes payments: cards & transfers',
    owner: 'group:default/payments',
    type: 'service',
    lifecycle: 'production',
    tier: 2,
    visibility: 'private',
    build: 'npm',
  };

  async function dryRun(values: Record<string, unknown>) {
    calls.length = 0;
    asked.length = 0;
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: parse(
          await fs.readFile(path.join(FOLDER, 'template.yaml'), 'utf8'),
        ),
        values: { ...ANSWERS, ...values },
        secrets: {},
        directoryContents: (
          await serializeDirectoryContents(FOLDER)
        ).map(file => ({
          path: file.path,
          base64Content: file.content.toString('base64'),
        })),
      });
    expect([status, body.error?.message]).toEqual([200, undefined]);
    const files = Object.fromEntries(
      body.directoryContents.map(
        (file: { path: string; base64Content: string }) => [
          file.path,
          Buffer.from(file.base64Content, 'base64').toString(),
        ],
      ),
    );
    return { files, output: body.output };
  }

  it('proposes what a repository of this Backstage lacks as a branch', async () => {
    const { files, output } = await dryRun({
      destination: 'local',
      repository: 'pay',
    });
    expect(asked).toEqual([
      expect.stringMatching(
        /\/api\/local-git\/repositories\/pay\/tree\/main\/$/,
      ),
    ]);
    expect(Object.keys(files).sort()).toEqual([
      '.github/dependabot.yml',
      '.github/pull_request_template.md',
      '.github/workflows/ci.yml',
      '.github/workflows/security.yml',
      LOCK,
      '.semgrep.yml',
      'AGENTS.md',
      'CLAUDE.md',
      'SECURITY.md',
      'catalog-info.yaml',
      'docs/index.md',
      'docs/rollback.md',
      'docs/runbook.md',
      'golden-path.yaml',
      'mkdocs.yml',
    ]);
    expect(parse(files['catalog-info.yaml']).metadata).toMatchObject({
      name: 'pay',
      description: 'Takes payments: cards & transfers',
    });
    const [layer] = parseLock({ text: files[LOCK], file: LOCK }).layers;
    expect(layer).toMatchObject({
      id: 'adopted',
      rendered: { absent: ['.github/CODEOWNERS'] },
    });
    expect(output.links).toEqual([
      expect.objectContaining({
        url: 'http://localhost:3000/golden-paths/repositories/pay?ref=golden-path%2Fadopt',
      }),
    ]);
    const [, added, kept, next] = output.text.map(
      ({ content }: { content: string }) => content,
    );
    expect(added).toContain('- `AGENTS.md`\n');
    expect(kept).toBe(
      '- `.github/CODEOWNERS`: The repository has the code owners there, see `CODEOWNERS`.',
    );
    expect(next).toContain('git merge origin/golden-path/adopt');
    expect(calls).toEqual([]);
  });

  it.each([
    [
      'github',
      'github.com?owner=acme&repo=pay',
      'https://github.com/acme/pay',
      'publish:github:pull-request',
    ],
    [
      'gitlab',
      'gitlab.com?owner=acme/shop&repo=pay',
      'https://gitlab.com/acme/shop/pay',
      'publish:gitlab:merge-request',
    ],
    [
      'bitbucketCloud',
      'bitbucket.org?workspace=acme&project=shop&repo=pay',
      'https://bitbucket.org/acme/pay',
      'publish:bitbucketCloud:pull-request',
    ],
  ])('proposes it on %s', async (destination, repoUrl, url, id) => {
    const { output } = await dryRun({ destination, repoUrl });
    expect(asked).toEqual([url]);
    expect(calls).toEqual([
      [
        id,
        expect.objectContaining({ repoUrl, title: 'Adopt the golden path' }),
      ],
    ]);
    expect(calls[0][1].description).toContain('files are new');
    expect(output.links).toEqual([
      expect.objectContaining({ url: `https://forge.test/${id}` }),
    ]);
  });

  it('adds only the parts that were asked for', async () => {
    const { files } = await dryRun({
      destination: 'local',
      repository: 'pay',
      ownership: false,
      docs: false,
      pipeline: false,
      scanning: false,
      updates: false,
    });
    expect(Object.keys(files).sort()).toEqual([
      LOCK,
      'AGENTS.md',
      'CLAUDE.md',
      'golden-path.yaml',
    ]);
  });
});
