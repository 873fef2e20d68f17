import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import fs from 'fs-extra';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import {
  fakeLocalGit,
  type LocalGitCalls,
} from '../__testUtils__/fakeLocalGit';
import {
  type GitServer,
  startGitServer,
} from '../__testUtils__/startGitServer';
import { createPublishGitAction } from './createPublishGitAction';
import { readPublishConfig } from './publishConfig';

const TOKEN = 'push-token-0123456789';

describe('golden-path:publish:git', () => {
  const directory = createMockDirectory();
  let server: GitServer;
  let calls: LocalGitCalls;

  beforeEach(async () => {
    directory.setContent({
      workspace: {
        'README.md': '# pay\n',
        '.gitignore': '*.log\n',
        '.github': { workflows: { 'ci.yml': 'on: push\n' } },
        bin: { run: '#!/bin/sh\n' },
        'logo.png': Buffer.from([0x89, 0, 0xff]),
      },
      remote: {},
      tmp: {},
    });
    await fs.chmod(directory.resolve('workspace/bin/run'), 0o755);
    await fs.symlink('README.md', directory.resolve('workspace/link'));
    calls = { creations: [], tokens: 0 };
    const root = directory.resolve('remote');
    server = await startGitServer({
      root,
      token: TOKEN,
      handler: fakeLocalGit({ root, token: TOKEN, calls }),
    });
  });

  afterEach(() => server.stop());

  function action() {
    const config = mockServices.rootConfig({
      data: {
        app: { baseUrl: 'http://localhost:3000/' },
        goldenPath: { publish: { allowedRemotes: [new URL(server.url).host] } },
      },
    });
    return createPublishGitAction({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async id => `${server.url}/api/${id}`,
        getExternalBaseUrl: async id => `http://localhost:7007/api/${id}`,
      },
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
      options: readPublishConfig(config),
    });
  }

  type Input = Parameters<
    ReturnType<typeof createPublishGitAction>['handler']
  >[0]['input'];

  function context(input: Input, overrides: Record<string, unknown> = {}) {
    const outputs: Record<string, unknown> = {};
    const logger = mockServices.logger.mock();
    const ctx = {
      ...createMockActionContext<Input>({
        input,
        workspacePath: directory.resolve('workspace'),
        task: { id: 'task-1' },
        logger,
      }),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      createTemporaryDirectory: () =>
        fs.mkdtemp(path.join(directory.resolve('tmp'), 'x-')),
      ...overrides,
    } as ReturnType<typeof createMockActionContext<Input>>;
    const logged = () =>
      JSON.stringify(
        Object.values(logger).flatMap(m => (m as jest.Mock).mock?.calls ?? []),
      );
    return { ctx, outputs, logger, logged };
  }

  it('creates the repository on behalf of the user and publishes everything as it is', async () => {
    const { ctx, outputs, logged } = context({
      repository: 'pay',
      description: 'Pays',
      owner: 'group:default/payments',
      commitMessage: 'Create pay',
    });
    await action().handler(ctx);

    expect(calls.creations).toHaveLength(1);
    expect(calls.creations[0].body).toEqual({
      name: 'pay',
      description: 'Pays',
      owner: 'group:default/payments',
      idempotencyKey: 'task-1:pay',
    });
    expect(calls.creations[0].authorization).toMatch(/^Bearer .*local-git/);
    const tree = server.git('pay', 'ls-tree', '-r', 'main');
    const entries = tree.trim().split('\n');
    expect(entries.map(entry => entry.replace(/blob [0-9a-f]+\t/, ''))).toEqual(
      [
        '100644 .github/workflows/ci.yml',
        '100644 .gitignore',
        '100644 README.md',
        '100755 bin/run',
        '120000 link',
        '100644 logo.png',
      ],
    );
    expect(server.git('pay', 'log', '--format=%H %an %s', 'main').trim()).toBe(
      `${outputs.commitHash} Scaffolder Create pay`,
    );
    expect(outputs).toEqual({
      remoteUrl: `${server.url}/pay.git`,
      repoContentsUrl: `${server.url}/api/local-git/repositories/pay/tree/main/`,
      catalogInfoUrl: `${server.url}/api/local-git/repositories/pay/tree/main/catalog-info.yaml`,
      repositoryPageUrl: 'http://localhost:3000/golden-paths/repositories/pay',
      commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(logged() + JSON.stringify(outputs)).not.toContain(TOKEN);
    expect(
      await fs.readFile(directory.resolve('workspace/.git/config'), 'utf8'),
    ).not.toContain(TOKEN);
  });

  it('succeeds with the same commit when it runs again after a lost answer', async () => {
    const first = context({ repository: 'pay' });
    await action().handler(first.ctx);
    const again = context({ repository: 'pay' });
    await action().handler(again.ctx);
    expect(again.outputs).toEqual(first.outputs);
    expect(server.git('pay', 'rev-list', '--count', 'main').trim()).toBe('1');
    expect(new Set(calls.creations.map(c => c.body.idempotencyKey)).size).toBe(
      1,
    );
  });

  it('takes up after a restart from its checkpoints, with a new token', async () => {
    const stored = new Map<string, unknown>();
    const checkpoint = async (options: {
      key: string;
      fn: () => Promise<unknown>;
    }) => {
      if (!stored.has(options.key)) {
        stored.set(options.key, await options.fn());
      }
      return JSON.parse(JSON.stringify(stored.get(options.key)));
    };
    const first = context({ repository: 'pay' }, { checkpoint });
    await action().handler(first.ctx);
    expect([...stored.keys()]).toEqual([
      'publish.create.pay',
      'publish.push.pay.main',
    ]);
    expect(JSON.stringify([...stored])).not.toContain(TOKEN);

    stored.delete('publish.push.pay.main');
    const second = context({ repository: 'pay' }, { checkpoint });
    await action().handler(second.ctx);
    expect(second.outputs).toEqual(first.outputs);
    expect([calls.creations.length, calls.tokens]).toEqual([1, 1]);

    const before = server.requests.length;
    const third = context({ repository: 'pay' }, { checkpoint });
    await action().handler(third.ctx);
    expect(third.outputs).toEqual(first.outputs);
    expect(server.requests).toHaveLength(before);
  });

  it('leaves a remote with other content alone', async () => {
    await action().handler(context({ repository: 'pay' }).ctx);
    const commit = server.git('pay', 'rev-parse', 'main');
    await fs.writeFile(directory.resolve('workspace/README.md'), 'other');
    await expect(
      action().handler(context({ repository: 'pay' }).ctx),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /is not empty: it has other content on branch main.*choose another repository name/,
      ),
    });
    expect(server.git('pay', 'rev-parse', 'main')).toBe(commit);

    server.git('pay', 'branch', '-m', 'main', 'trunk');
    await expect(
      action().handler(context({ repository: 'pay' }).ctx),
    ).rejects.toThrow('it has other branches');
  });

  it('says what the plugin says when the name is taken', async () => {
    await expect(
      action().handler(context({ repository: 'taken' }).ctx),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: "'taken' exists already",
    });
  });

  it('pushes to an allowed remote with the secret token', async () => {
    const remoteUrl = server.createRepository('elsewhere');
    const { ctx, outputs, logged } = context(
      { remoteUrl, defaultBranch: 'trunk' },
      { secrets: { gitToken: TOKEN } },
    );
    await action().handler(ctx);
    expect(server.git('elsewhere', 'rev-parse', 'trunk').trim()).toBe(
      outputs.commitHash,
    );
    expect(outputs).toEqual({
      remoteUrl,
      repositoryPageUrl: `${server.url}/elsewhere`,
      commitHash: expect.any(String),
    });
    expect(logged()).not.toContain(TOKEN);
    expect(calls.creations).toEqual([]);
  });

  it('publishes one folder of the workspace', async () => {
    const remoteUrl = server.createRepository('part');
    const { ctx } = context(
      { remoteUrl, sourcePath: './bin' },
      { secrets: { gitToken: TOKEN } },
    );
    await action().handler(ctx);
    expect(server.git('part', 'ls-tree', '--name-only', 'main')).toBe('run\n');
  });

  it('names the files that .gitignore keeps out', async () => {
    await fs.writeFile(directory.resolve('workspace/a.log'), 'x');
    const { ctx, logger } = context({ repository: 'pay' });
    await action().handler(ctx);
    expect(logger.warn).toHaveBeenCalledWith(
      '1 files were not published, since .gitignore names them: a.log',
    );
  });

  it('keeps the token out of what a refusing server says', async () => {
    const remoteUrl = server.createRepository('elsewhere');
    const secret = 'wrong-token-987654';
    const refused = context({ remoteUrl }, { secrets: { gitToken: secret } });
    const error: Error = await action()
      .handler(refused.ctx)
      .then(
        () => new Error('passed'),
        e => e,
      );
    expect(error.message).toMatch(/refuses the push token/);
    const basic = Buffer.from(`git:${secret}`).toString('base64');
    for (const text of [error.message, String(error.stack), refused.logged()]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(basic);
    }
    await expect(action().handler(context({ remoteUrl }).ctx)).rejects.toThrow(
      'asks for credentials: give a token as the secret gitToken',
    );
  });

  it.each([
    [{}, "Give either 'repository' or 'remoteUrl'"],
    [{ repository: 'a', remoteUrl: 'https://x' }, 'Give either'],
    [{ repository: 'Not OK' }, 'repository: A repository name is'],
    [{ repository: 'a', defaultBranch: 'trunk' }, "have the branch 'main'"],
    [
      { remoteUrl: 'https://evil.example.com/a.git' },
      'goldenPath.publish.allowedRemotes',
    ],
    [{ remoteUrl: 'http://git.example.com/a.git' }, 'must be an https address'],
    [{ remoteUrl: 'file:///etc' }, 'must be an https address'],
    [
      { remoteUrl: 'https://u:p@git.example.com/a' },
      'must hold no credentials',
    ],
    [{ remoteUrl: 'nonsense' }, 'must be an absolute https address'],
    [{ repository: 'a', sourcePath: '../..' }, 'not allowed'],
  ])('refuses %j', async (input, message) => {
    await expect(action().handler(context(input).ctx)).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });

  it('publishes one commit, also after an attempt that left its own behind', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', directory.resolve('workspace'), ...args]);
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'old');
    await action().handler(context({ repository: 'pay' }).ctx);
    expect(server.git('pay', 'rev-list', '--count', 'main')).toBe('1\n');
  });

  it('refuses to publish nothing', async () => {
    await fs.emptyDir(directory.resolve('workspace'));
    await expect(
      action().handler(context({ repository: 'pay' }).ctx),
    ).rejects.toThrow('There is nothing to publish');
  });

  it('touches nothing in a dry run', async () => {
    const { ctx, outputs } = context({ repository: 'pay' }, { isDryRun: true });
    await action().handler(ctx);
    expect(outputs).toEqual({
      remoteUrl: 'http://localhost:7007/api/local-git/git/pay.git',
      repoContentsUrl:
        'http://localhost:7007/api/local-git/repositories/pay/tree/main/',
      catalogInfoUrl:
        'http://localhost:7007/api/local-git/repositories/pay/tree/main/catalog-info.yaml',
      repositoryPageUrl: 'http://localhost:3000/golden-paths/repositories/pay',
      commitHash: '0'.repeat(40),
    });
    expect(server.requests).toEqual([]);
    expect(await fs.pathExists(directory.resolve('workspace/.git'))).toBe(
      false,
    );
  });
});
