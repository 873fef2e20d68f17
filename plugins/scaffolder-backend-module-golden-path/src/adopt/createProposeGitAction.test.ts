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
import { readPublishConfig } from '../publish/publishConfig';
import { createProposeGitAction } from './createProposeGitAction';

const TOKEN = 'push-token-0123456789';
const GIT_PREFIX = '/api/local-git/git';

describe('golden-path:propose:git', () => {
  const directory = createMockDirectory();
  let server: GitServer;
  let calls: LocalGitCalls;

  beforeEach(async () => {
    directory.setContent({
      workspace: {
        'AGENTS.md': '# pay\n',
        docs: { 'runbook.md': '# Runbook\n' },
        '.golden-path.lock.yaml': 'new\n',
        'run.sh': '#!/bin/sh\n',
      },
      theirs: {
        'README.md': 'Ours\n',
        docs: { 'a.md': 'a\n' },
        '.golden-path.lock.yaml': 'old\n',
        'old.sh': '#!/bin/sh\n',
      },
      remote: {},
      tmp: {},
    });
    await fs.chmod(directory.resolve('workspace/run.sh'), 0o755);
    await fs.chmod(directory.resolve('theirs/old.sh'), 0o755);
    await fs.symlink('README.md', directory.resolve('theirs/link'));
    calls = { creations: [], tokens: 0 };
    const root = directory.resolve('remote');
    const localGit = fakeLocalGit({ root, token: TOKEN, calls });
    server = await startGitServer({
      root,
      token: TOKEN,
      handler: async options => {
        const { request } = options;
        if (request.url?.startsWith(GIT_PREFIX)) {
          request.url = request.url.slice(GIT_PREFIX.length);
          return false;
        }
        return localGit(options);
      },
    });
    server.createRepository('pay');
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: directory.resolve('theirs'),
        env: {
          ...process.env,
          GIT_AUTHOR_NAME: 't',
          GIT_AUTHOR_EMAIL: 't@example.com',
          GIT_COMMITTER_NAME: 't',
          GIT_COMMITTER_EMAIL: 't@example.com',
        },
      });
    git('init', '-q', '-b', 'main');
    for (const message of ['one', 'two']) {
      await fs.writeFile(directory.resolve('theirs/docs/a.md'), message);
      git('add', '-A');
      git('commit', '-q', '-m', message);
    }
    git('push', '-q', path.join(root, 'pay.git'), 'main');
  });

  afterEach(() => server.stop());

  async function run(
    input: Record<string, unknown> = { repository: 'pay' },
    overrides: Record<string, unknown> = {},
  ) {
    const config = mockServices.rootConfig({
      data: {
        app: { baseUrl: 'http://localhost:3000/' },
        goldenPath: { publish: { allowedRemotes: [new URL(server.url).host] } },
      },
    });
    const action = createProposeGitAction({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async id => `${server.url}/api/${id}`,
        getExternalBaseUrl: async id => `${server.url}/api/${id}`,
      },
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
      options: readPublishConfig(config),
    });
    const context = createMockActionContext({
      input: input as never,
      workspacePath: directory.resolve('workspace'),
    });
    await action.handler({
      ...context,
      task: { id: 'task-1' },
      createTemporaryDirectory: () =>
        fs.mkdtemp(path.join(directory.resolve('tmp'), 'x-')),
      ...overrides,
    } as never);
    return Object.fromEntries(
      (context.output as jest.Mock).mock.calls as [string, unknown][],
    );
  }

  const tree = (ref: string) =>
    server.git('pay', 'ls-tree', '-r', ref).trim().split('\n');
  const branches = () =>
    server
      .git('pay', 'for-each-ref', '--format=%(refname:short)')
      .trim()
      .split('\n');

  it('pushes one commit on top of the default branch, in which nothing else changes', async () => {
    const output = await run({ repository: 'pay', commitMessage: 'Adopt' });
    expect(output).toEqual({
      remoteUrl: `${server.url}${GIT_PREFIX}/pay.git`,
      branch: 'golden-path/adopt',
      repositoryPageUrl:
        'http://localhost:3000/golden-paths/repositories/pay?ref=golden-path%2Fadopt',
      commitHash: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(
      server
        .git('pay', 'diff', '--name-status', 'main', 'golden-path/adopt')
        .trim()
        .split('\n'),
    ).toEqual([
      'M\t.golden-path.lock.yaml',
      'A\tAGENTS.md',
      'A\tdocs/runbook.md',
      'A\trun.sh',
    ]);
    const before = tree('main').filter(line => !line.includes('.lock.yaml'));
    expect(tree('golden-path/adopt')).toEqual(expect.arrayContaining(before));
    expect(tree('golden-path/adopt')).toContainEqual(
      expect.stringMatching(/^100755 blob .*\trun\.sh$/),
    );
    expect(
      server.git('pay', 'log', '--format=%s', 'golden-path/adopt').trim(),
    ).toBe('Adopt\ntwo\none');
    server.git('pay', 'fsck', '--strict');
    expect(calls).toEqual({ creations: [], tokens: 1 });
  });

  it('gives the same commit when it runs again', async () => {
    const first = await run();
    const second = await run();
    expect(second.commitHash).toBe(first.commitHash);
  });

  it('leaves a branch of that name with other content alone', async () => {
    const { commitHash } = await run();
    await fs.writeFile(directory.resolve('workspace/AGENTS.md'), 'other');
    await expect(run()).rejects.toThrow(
      "has a branch 'golden-path/adopt' with other content",
    );
    expect(server.git('pay', 'rev-parse', 'golden-path/adopt').trim()).toBe(
      commitHash,
    );
    await run({ repository: 'pay', branch: 'second' });
    expect(branches()).toEqual(['golden-path/adopt', 'main', 'second']);
  });

  it.each([
    ['README.md', 'Theirs\n', "'README.md' is on the branch already"],
    ['README.md/a', '', "'README.md' is on the branch already"],
    ['docs/a.md', 'b', "'docs/a.md' is on the branch already"],
  ])('never changes %s', async (file, text, message) => {
    await fs.outputFile(directory.resolve(`workspace/${file}`), text);
    await expect(run()).rejects.toThrow(message);
    expect(branches()).toEqual(['main']);
  });

  it('pushes to an allowed host with the given token, and never tells it', async () => {
    const remoteUrl = `${server.url}/pay.git`;
    await expect(
      run({ remoteUrl }, { secrets: { gitToken: 'wrong-token-123' } }),
    ).rejects.toThrow('refuses the push token');
    await expect(run({ remoteUrl })).rejects.toThrow('asks for credentials');
    const output = await run({ remoteUrl }, { secrets: { gitToken: TOKEN } });
    expect(output.repositoryPageUrl).toBe(`${server.url}/pay`);
    expect(branches()).toContain('golden-path/adopt');
  });

  it('does nothing in a dry run', async () => {
    expect(await run({ repository: 'pay' }, { isDryRun: true })).toMatchObject({
      commitHash: '0'.repeat(40),
    });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{}, "Give either 'repository' or 'remoteUrl'"],
    [{ repository: 'Not A Name' }, 'repository: '],
    [{ repository: 'pay', targetBranch: 'trunk' }, "no branch 'trunk'"],
    [{ repository: 'pay', branch: 'main' }, 'name another one'],
    [{ remoteUrl: 'https://evil.example/x.git' }, 'is not allowed'],
    [{ repository: 'pay', sourcePath: './empty' }, 'nothing to propose'],
  ])('refuses %j', async (input, message) => {
    await fs.ensureDir(directory.resolve('workspace/empty'));
    await expect(run(input)).rejects.toThrow(message);
    expect(branches()).toEqual(['main']);
  });
});
