import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';
import { parseLock } from '@goldenpath/engine';
import fs from 'fs-extra';
import request from 'supertest';
import { type GitServer, startGitServer } from './__testUtils__/startGitServer';
import { scaffolderModuleGoldenPath } from './module';

const TOKEN = 'push-token-0123456789';
const LOCK = '.golden-path.lock.yaml';

function template(location: string, publishInput: Record<string, string>) {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'node',
      annotations: { 'backstage.io/managed-by-location': location },
    },
    spec: {
      type: 'service',
      parameters: {
        required: ['name'],
        properties: { name: { type: 'string' } },
      },
      steps: [
        {
          id: 'fetch',
          name: 'Fetch',
          action: 'golden-path:fetch',
          input: {
            values: {
              name: '${{ parameters.name }}',
              description: '${{ parameters.description }}',
            },
          },
        },
        {
          id: 'publish',
          name: 'Publish',
          action: 'golden-path:publish:git',
          input: publishInput,
        },
      ],
      output: {
        version: '${{ steps.fetch.output.version }}',
        files: '${{ steps.fetch.output.files }}',
        commit: '${{ steps.publish.output.commitHash }}',
        page: '${{ steps.publish.output.repositoryPageUrl }}',
        catalogInfo: '${{ steps.publish.output.catalogInfoUrl }}',
      },
    },
  };
}

describe('the scaffolder with the actions of the golden path', () => {
  const directory = createMockDirectory();
  let git: GitServer;
  let backend: TestBackend;
  let remote: ReturnType<typeof template>;

  beforeAll(async () => {
    directory.setContent({
      template: {
        'template.yaml': '',
        'golden-path.template.yaml':
          'schemaVersion: 1\nversion: 1.2.0\ncopyWithoutTemplating: [.github/**]\n',
        skeleton: {
          '.github': { 'ci.yml': '${{ github.sha }}\n' },
          'README.md':
            '# ${{ values.name }}\n{% if values.description %}${{ values.description }}{% endif %}',
          run: '#!/bin/sh\n',
        },
      },
      remote: {},
      work: {},
    });
    await fs.chmod(directory.resolve('template/skeleton/run'), 0o755);
    git = await startGitServer({
      root: directory.resolve('remote'),
      token: TOKEN,
    });
    remote = template(`file:${directory.resolve('template/template.yaml')}`, {
      remoteUrl: git.createRepository('pay'),
    });
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleGoldenPath,
        eventsServiceFactory,
        catalogServiceMock.factory({ entities: [remote] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              workingDirectory: directory.resolve('work'),
            },
            goldenPath: {
              publish: { allowedRemotes: [new URL(git.url).host] },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend.stop();
    await git.stop();
  });

  it('offers its actions with their schemas', async () => {
    const { body } = await request(backend.server).get(
      '/api/scaffolder/v2/actions',
    );
    const fields = Object.fromEntries(
      body
        .filter((action: { id: string }) =>
          action.id.startsWith('golden-path:'),
        )
        .map(
          (action: {
            id: string;
            schema: { input: { properties: object; required?: string[] } };
          }) => [
            action.id,
            [
              Object.keys(action.schema.input.properties).length,
              action.schema.input.required,
            ],
          ],
        ),
    );
    expect(fields).toEqual({
      'golden-path:adopt': [5, ['repository', 'values']],
      'golden-path:fetch': [4, ['values']],
      'golden-path:propose:git': [7, undefined],
      'golden-path:publish:git': [8, undefined],
      'golden-path:score': [1, undefined],
    });
  });

  it('shows in a dry run what would be created, and touches nothing', async () => {
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: template('url:https://example.com', { repository: 'pay' }),
        values: { name: 'pay' },
        secrets: {},
        directoryContents: (
          await serializeDirectoryContents(directory.resolve('template'))
        ).map(file => ({
          path: file.path,
          base64Content: file.content.toString('base64'),
        })),
      });
    expect(status).toBe(200);
    const text = (path: string) =>
      Buffer.from(
        body.directoryContents.find((f: { path: string }) => f.path === path)
          .base64Content,
        'base64',
      ).toString();
    expect(text('README.md')).toBe('# pay\n');
    expect(text('.github/ci.yml')).toBe('${{ github.sha }}\n');
    const [layer] = parseLock({ text: text(LOCK), file: LOCK }).layers;
    expect(layer.render.values).toEqual({ name: 'pay' });
    expect(body.output).toEqual({
      version: '1.2.0',
      files: 3,
      commit: '0'.repeat(40),
      page: 'http://localhost:3000/golden-paths/repositories/pay',
      catalogInfo: expect.stringMatching(
        /\/api\/local-git\/repositories\/pay\/tree\/main\/catalog-info\.yaml$/,
      ),
    });
    expect(git.requests).toEqual([]);
  });

  it('creates a service: rendered, stamped and pushed', async () => {
    const { status, body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({
        templateRef: 'template:default/node',
        values: { name: 'pay', description: 'Pays' },
        secrets: { gitToken: TOKEN },
      });
    expect([status, body]).toEqual([201, { id: expect.any(String) }]);
    let task = { status: 'open' };
    while (['open', 'processing'].includes(task.status)) {
      await new Promise(done => setTimeout(done, 50));
      const reply = await request(backend.server).get(
        `/api/scaffolder/v2/tasks/${body.id}`,
      );
      task = reply.body;
    }
    const events = await request(backend.server).get(
      `/api/scaffolder/v2/tasks/${body.id}/events`,
    );
    expect([task.status, JSON.stringify(events.body)]).toEqual([
      'completed',
      expect.not.stringContaining(TOKEN),
    ]);
    expect(
      git.git('pay', 'ls-tree', '-r', '--format=%(objectmode) %(path)', 'main'),
    ).toBe(
      `100644 .github/ci.yml\n100644 ${LOCK}\n100644 README.md\n100755 run\n`,
    );
    expect(git.git('pay', 'show', 'main:README.md')).toBe('# pay\nPays');
    const lock = git.git('pay', 'show', `main:${LOCK}`);
    expect(parseLock({ text: lock, file: LOCK }).layers[0]).toMatchObject({
      template: { entityRef: 'template:default/node', version: '1.2.0' },
      applied: { via: `scaffolder-task:${body.id}` },
    });
  });
});
