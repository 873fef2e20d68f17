import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { readTree } from './readTree';

const limits = { maxFiles: 10, maxFileBytes: 100, maxTotalBytes: 1000 };
const signal = new AbortController().signal;
const folder = createMockDirectory();

beforeEach(() => folder.clear());

const readFolder = (options: object = {}) =>
  readTree({
    location: { type: 'file', directory: folder.path },
    urlReader: mockServices.urlReader.mock(),
    limits,
    signal,
    ...options,
  });

/** A URL reader that unpacks into the folder it is given, as those of archives do. */
function archive(files: Record<string, string>, etag: string) {
  const targets: string[] = [];
  const urlReader = mockServices.urlReader.mock({
    readTree: async (_url, options) => {
      if (options?.etag === etag) {
        throw new NotModifiedError();
      }
      return {
        etag,
        files: async () => [],
        archive: async () => {
          throw new Error('not used');
        },
        dir: async dirOptions => {
          const target = dirOptions!.targetDir!;
          targets.push(target);
          for (const [file, content] of Object.entries(files)) {
            if (options!.filter!(file, { size: content.length })) {
              await fs.mkdir(path.dirname(path.join(target, file)), {
                recursive: true,
              });
              await fs.writeFile(path.join(target, file), content);
            }
          }
          return target;
        },
      };
    },
  });
  return { urlReader, targets };
}

const url = { type: 'url' as const, url: 'https://git.example.com/a' };

it('describes files with mode, size and digest, sorted by path', async () => {
  folder.addContent({ 'b.sh': '#!/bin/sh\n', 'a/x.txt': 'hello' });
  await fs.chmod(folder.resolve('b.sh'), 0o755);
  expect(await readFolder()).toEqual({
    commit: null,
    etag: expect.any(String),
    files: [
      {
        path: 'a/x.txt',
        mode: '100644',
        size: 5,
        sha256:
          'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
        content: Buffer.from('hello'),
      },
      expect.objectContaining({ path: 'b.sh', mode: '100755' }),
    ],
  });
});

it('keeps links as links, and leaves out those that lead outside', async () => {
  folder.addContent({ 'a.txt': 'hello' });
  await fs.symlink('a.txt', folder.resolve('inside'));
  await fs.symlink('/etc/passwd', folder.resolve('outside'));
  await fs.symlink('../..', folder.resolve('above'));
  const tree = await readFolder();
  expect(tree?.files.map(file => [file.path, file.mode])).toEqual([
    ['a.txt', '100644'],
    ['inside', '120000'],
  ]);
});

it('digests a large file without keeping its content', async () => {
  folder.addContent({ large: 'x'.repeat(101) });
  const [file] = (await readFolder())!.files;
  expect(file.content).toBeUndefined();
  expect(file.sha256).toMatch(/^sha256:[0-9a-f]{64}$/);
});

it('skips .git and node_modules, and refuses more than the limits', async () => {
  folder.addContent({ '.git/HEAD': 'x', 'node_modules/a/index.js': 'x' });
  expect((await readFolder())?.files).toEqual([]);
  folder.addContent(
    Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`f${n}`, 'x'])),
  );
  await expect(readFolder()).rejects.toThrow(/more than 10 files/);
});

it('says that a folder is unchanged until a byte or a mode is another', async () => {
  folder.addContent({ 'a.txt': 'hello' });
  const { etag } = (await readFolder())!;
  expect(await readFolder({ previousEtag: etag })).toBeUndefined();
  await fs.chmod(folder.resolve('a.txt'), 0o755);
  expect(await readFolder({ previousEtag: etag })).toBeDefined();
});

it('reads a tree behind a url once per commit, and removes what it unpacked', async () => {
  const sha = 'a'.repeat(40);
  const { urlReader, targets } = archive(
    { 'a.txt': 'hello', 'node_modules/b.js': '' },
    sha,
  );
  const tree = await readTree({ location: url, urlReader, limits, signal });
  expect(tree).toMatchObject({ commit: sha, etag: sha });
  expect(tree?.files.map(file => file.path)).toEqual(['a.txt']);
  await expect(fs.access(targets[0])).rejects.toThrow(/ENOENT/);
  expect(targets[0].startsWith(os.tmpdir())).toBe(true);

  const again = await readTree({
    location: url,
    urlReader,
    limits,
    signal,
    previousEtag: sha,
  });
  expect(again).toBeUndefined();
});

it('does not take an etag that is no commit for one', async () => {
  const { urlReader } = archive({ a: 'x' }, 'W/"123"');
  const tree = await readTree({ location: url, urlReader, limits, signal });
  expect(tree).toMatchObject({ commit: null, etag: 'W/"123"' });
});

it('refuses an archive that is too large while it unpacks', async () => {
  const { urlReader, targets } = archive({ a: 'x'.repeat(2000) }, 'e');
  await expect(
    readTree({ location: url, urlReader, limits, signal }),
  ).rejects.toThrow(/more than 1000 bytes/);
  await expect(fs.access(targets[0])).rejects.toThrow(/ENOENT/);
});

it('throws nothing while an archive is read, since readers of zip files then never end', async () => {
  const answers: boolean[] = [];
  const urlReader = mockServices.urlReader.mock({
    readTree: async (_url, options) => ({
      etag: 'e',
      files: async () => [],
      archive: async () => {
        throw new Error('not used');
      },
      dir: async dirOptions => {
        for (const size of [900, 200, 1]) {
          answers.push(options!.filter!(`f${size}`, { size }));
        }
        return dirOptions!.targetDir!;
      },
    }),
  });
  await expect(
    readTree({ location: url, urlReader, limits, signal }),
  ).rejects.toThrow(/more than 1000 bytes/);
  expect(answers).toEqual([true, false, false]);
});

it('passes the error of the reader on', async () => {
  const urlReader = mockServices.urlReader.mock({
    readTree: async () => {
      throw new NotFoundError('no such repository');
    },
  });
  await expect(
    readTree({ location: url, urlReader, limits, signal }),
  ).rejects.toThrow(/no such repository/);
});
