import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { type Lock, parseLock, renderedDigest } from '@goldenpath/engine';
import fs from 'fs-extra';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createFetchAction } from './createFetchAction';
import { readFolder, SizeBudget } from './readFolder';

const MANIFEST = `schemaVersion: 1
version: 1.2.0
copyWithoutTemplating: [.github/**]
classes:
  managed: [.github/**]
  seeded: [src/**]
`;
const BINARY = Buffer.from([0x89, 0x50, 0, 0x24, 0x7b, 0x7b]);

describe('golden-path:fetch', () => {
  const directory = createMockDirectory();

  beforeEach(async () => {
    directory.setContent({
      template: {
        'template.yaml': 'kind: Template\n',
        'golden-path.template.yaml': MANIFEST,
        skeleton: {
          '.env': 'NAME=${{ values.name }}\n',
          '.github': { 'ci.yml': 'sha: ${{ github.sha }}\n' },
          bin: { '${{ values.name }}.sh': '#!/bin/sh\n' },
          src: {
            'index.ts': "export const tags = '${{ values.tags | join }}';",
          },
          'logo.png': BINARY,
        },
      },
      workspace: {},
      tmp: {},
    });
    const skeleton = directory.resolve('template/skeleton');
    await fs.chmod(`${skeleton}/bin/\${{ values.name }}.sh`, 0o755);
    await fs.symlink('../.env', `${skeleton}/src/link`);
  });

  type Input = Parameters<
    ReturnType<typeof createFetchAction>['handler']
  >[0]['input'];

  const values = { name: 'pay', tags: ['a', 'b'] };

  async function run(
    input: Partial<Input> = {},
    options: {
      baseUrl?: string;
      secrets?: Record<string, string>;
      reader?: ReturnType<typeof mockServices.urlReader.mock>;
      config?: object;
      taskId?: string;
      isDryRun?: boolean;
    } = {},
  ) {
    const outputs: Record<string, unknown> = {};
    const action = createFetchAction({
      config: mockServices.rootConfig({ data: { ...options.config } }),
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
      reader: options.reader ?? mockServices.urlReader.mock(),
    });
    await action.handler({
      ...createMockActionContext({
        workspacePath: directory.resolve('workspace'),
      }),
      // The scaffolder hands over frozen objects without a prototype
      input: Object.freeze({
        values: Object.freeze(Object.assign(Object.create(null), values)),
        ...input,
      }) as Input,
      task: { id: options.taskId ?? 'task-1' },
      secrets: options.secrets,
      isDryRun: options.isDryRun,
      templateInfo: {
        entityRef: 'template:default/node',
        baseUrl:
          options.baseUrl ??
          `file://${directory.resolve('template/template.yaml')}`,
      },
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      createTemporaryDirectory: () =>
        fs.mkdtemp(path.join(directory.resolve('tmp'), 'x-')),
    });
    return outputs;
  }

  async function lockOf(folder = 'workspace'): Promise<Lock> {
    const file = `${folder}/.golden-path.lock.yaml`;
    const text = await fs.readFile(directory.resolve(file), 'utf8');
    return parseLock({ text, file });
  }

  it('renders the skeleton with modes, links and binary files, and stamps it', async () => {
    const outputs = await run();
    const files = await readFolder(directory.resolve('workspace'));
    const rendered = files
      .filter(file => file.path !== '.golden-path.lock.yaml')
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(
      rendered.map(f => [f.path, f.mode, Buffer.from(f.content).toString()]),
    ).toEqual([
      ['.env', '100644', 'NAME=pay\n'],
      ['.github/ci.yml', '100644', 'sha: ${{ github.sha }}\n'],
      ['bin/pay.sh', '100755', '#!/bin/sh\n'],
      ['logo.png', '100644', BINARY.toString()],
      ['src/index.ts', '100644', "export const tags = 'ab';"],
      ['src/link', '120000', '../.env'],
    ]);
    const { layers } = await lockOf();
    expect(outputs).toEqual({
      version: '1.2.0',
      commit: null,
      files: 6,
      digest: renderedDigest(rendered),
    });
    expect(layers).toHaveLength(1);
    expect(layers[0]).toMatchObject({
      id: 'service',
      template: {
        entityRef: 'template:default/node',
        version: '1.2.0',
        source: { type: 'file', commit: null },
      },
      render: {
        engine: 'nunjitsu@0.6.1',
        options: { copyWithoutTemplating: ['.github/**'] },
        values,
      },
      applied: { via: 'scaffolder-task:task-1' },
    });
    const { digest, files: locked } = layers[0].rendered;
    expect(digest).toBe(outputs.digest);
    expect(
      Object.entries(locked).map(([name, file]) => [name, file.class]),
    ).toEqual([
      ['.env', 'merged'],
      ['.github/ci.yml', 'managed'],
      ['bin/pay.sh', 'merged'],
      ['logo.png', 'merged'],
      ['src/index.ts', 'seeded'],
      ['src/link', 'seeded'],
    ]);
  });

  it('gives the same files and one layer when it runs again', async () => {
    const first = await run();
    expect(await run({}, { taskId: 'task-2' })).toEqual(first);
    const { layers } = await lockOf();
    expect(layers.map(l => l.applied.via)).toEqual(['scaffolder-task:task-2']);
  });

  it('keeps the other layers', async () => {
    await run();
    await fs.emptyDir(directory.resolve('template/skeleton'));
    await fs.outputFile(directory.resolve('template/skeleton/docs.md'), 'd');
    await run({ layerId: 'docs' });
    const { layers } = await lockOf();
    expect(
      layers.map(l => [l.id, Object.keys(l.rendered.files).length]),
    ).toEqual([
      ['service', 6],
      ['docs', 1],
    ]);
  });

  it('overwrites nothing of another step', async () => {
    await fs.outputFile(directory.resolve('workspace/src/index.ts'), 'mine');
    await expect(run()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining("'src/index.ts' is in the workspace"),
    });
    expect(await fs.readdir(directory.resolve('workspace'))).toEqual(['src']);
  });

  it('renders into a folder, with the lock at its root', async () => {
    await run({ targetPath: './services/pay' });
    expect(
      Object.keys(
        (await lockOf('workspace/services/pay')).layers[0].rendered.files,
      ),
    ).toContain('.env');
    await expect(run({ targetPath: '../out' })).rejects.toThrow('not allowed');
  });

  it('records the commit of a git work tree, and whether it was changed', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', directory.resolve('template'), ...args], {
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x');
    const commit = git('rev-parse', 'HEAD').trim();
    expect(await run()).toMatchObject({ commit });
    const clean = (await lockOf()).layers[0];
    expect(clean.template.source).toMatchObject({ commit, dirty: false });

    await fs.outputFile(directory.resolve('template/unrelated.md'), 'x');
    await run();
    expect((await lockOf()).layers[0].template).toEqual(clean.template);

    await fs.outputFile(directory.resolve('template/skeleton/new.md'), 'x');
    await run();
    const { source, inputDigest } = (await lockOf()).layers[0].template;
    expect(source).toMatchObject({ commit, dirty: true });
    expect(inputDigest).not.toBe(clean.template.inputDigest);
  });

  it('reads a remote template once, its etag as the commit', async () => {
    const etag = 'a'.repeat(40);
    const reader = mockServices.urlReader.mock({
      readTree: jest.fn(async (_url, options) => ({
        etag,
        files: async () => [],
        archive: async () => {
          throw new Error('not used');
        },
        dir: async (target?: { targetDir?: string }) => {
          const to = target?.targetDir ?? '';
          await fs.copy(directory.resolve('template'), to);
          options?.filter?.('template.yaml', { size: 10 });
          return to;
        },
      })),
    });
    const baseUrl =
      'https://github.com/acme/templates/blob/main/node/template.yaml';
    expect(await run({}, { reader, baseUrl })).toMatchObject({ commit: etag });
    expect(reader.readTree).toHaveBeenCalledTimes(1);
    expect((await lockOf()).layers[0].template.source).toEqual({
      type: 'git',
      url: 'https://github.com/acme/templates/tree/main/node/',
      commit: etag,
    });
  });

  it.each([
    [{ values: { db: { password: 's3cret' } } }, "'db.password'"],
    [{ values: { urls: ['x', 'https://u:longsecret@h'] } }, "'urls.1'"],
    [{ values: { environment: 'from-config' } }, "'environment'"],
    [{ values: { a: { s3cret: 1 } } }, "'a'"],
  ])('refuses the secret in %j and names its key only', async (input, key) => {
    const failure = run(input, {
      secrets: { a: 's3cret', b: 'longsecret', empty: '' },
      config: {
        scaffolder: {
          defaultEnvironment: { secrets: { token: 'from-config' } },
        },
      },
    });
    await expect(failure).rejects.toMatchObject({ name: 'InputError' });
    await expect(failure).rejects.toThrow(key);
    await expect(failure).rejects.not.toThrow(/s3cret|longsecret|from-config/);
    expect(await fs.readdir(directory.resolve('workspace'))).toEqual([]);
  });

  it('names the file and the value that was not given, and writes nothing', async () => {
    await expect(run({ values: { name: 'pay' } })).rejects.toThrow(
      "src/index.ts:1: 'values.tags' is used but was not given",
    );
    expect(await fs.readdir(directory.resolve('workspace'))).toEqual([]);
  });

  it('refuses a link that leaves the folder', async () => {
    await fs.symlink(
      '../../secret',
      directory.resolve('template/skeleton/escape'),
    );
    await expect(run()).rejects.toThrow(
      'escape: The symbolic link points outside the folder',
    );
  });

  it.each([
    [{ manifest: '../other.yaml' }, 'must be inside the template'],
    [{ manifest: './missing.yaml' }, "no manifest at './missing.yaml'"],
  ])('refuses %j', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
  });

  it('names field and file of a wrong manifest', async () => {
    const file = directory.resolve('template/golden-path.template.yaml');
    await fs.writeFile(file, 'schemaVersion: 1\nversion: one\n');
    await expect(run()).rejects.toThrow(/golden-path\.template\.yaml.*version/);
    await fs.writeFile(file, `${MANIFEST}skeleton: ../..\n`);
    await expect(run()).rejects.toThrow();
    await fs.writeFile(file, `${MANIFEST}skeleton: ./nothing\n`);
    await expect(run()).rejects.toThrow("'nothing', which is no folder");
  });

  it('refuses a broken lock rather than losing its layers', async () => {
    const file = directory.resolve('workspace/.golden-path.lock.yaml');
    await fs.writeFile(file, 'schemaVersion: 2\n');
    await expect(run()).rejects.toThrow('.golden-path.lock.yaml');
    expect(await fs.readFile(file, 'utf8')).toBe('schemaVersion: 2\n');
  });
});

describe('readFolder', () => {
  const directory = createMockDirectory();

  it('stops at the limits', async () => {
    directory.setContent({ a: '12345', b: { c: '12345' } });
    const read = (files: number, bytes: number) =>
      readFolder(directory.path, new SizeBudget({ files, bytes }));
    expect(await read(2, 10)).toHaveLength(2);
    await expect(read(1, 10)).rejects.toThrow('more than 1 files');
    await expect(read(2, 9)).rejects.toThrow('larger than 9 bytes');
  });
});
