import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createBackendPlugin,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  commitFiles,
  makeCheckout,
  makeFolder,
  mustGit,
} from '../__testUtils__/gitClient';
import { ensureBareRepository } from '../git/ensureBareRepository';
import { gitHome } from '../git/gitEnvironment';
import { repositoryFolder } from '../git/repositoryFolder';
import localGitUrlReader from './index';

jest.setTimeout(60_000);

const BASE = 'http://localhost:7007/base/api/local-git/repositories';

const FILES = {
  'catalog-info.yaml': 'kind: Component\n',
  'docs/index.md': '# Docs\n',
  'docs/deep/a [1].md': 'deep\n',
  'src/a.ts': 'a\n',
  'hidden.txt': 'seen\n',
  'stamp.txt': '$Format:%H$\n',
  'lines.txt': 'one\ntwo\n',
  '.gitattributes':
    'hidden.txt export-ignore\nstamp.txt export-subst\nlines.txt text eol=crlf\n',
};

/** The URL reader service as a plugin of a backend with the given configuration gets it. */
async function startReader(localGit: JsonObject): Promise<UrlReaderService> {
  let reader: UrlReaderService | undefined;
  const consumer = createBackendPlugin({
    pluginId: 'consumer',
    register(env) {
      env.registerInit({
        deps: { urlReader: coreServices.urlReader },
        async init({ urlReader }) {
          reader = urlReader;
        },
      });
    },
  });
  await startTestBackend({
    features: [
      consumer,
      urlReaderServiceFactory,
      localGitUrlReader,
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'http://localhost:7007/base/' }, localGit },
      }),
    ],
  });
  return reader!;
}

describe('localGitUrlReaderFactory', () => {
  let directory: string;
  let reader: UrlReaderService;
  let first: string;
  let sha: string;

  beforeAll(async () => {
    directory = await makeFolder();
    await mkdir(gitHome(directory));
    const folder = repositoryFolder({ directory, name: 'orders' });
    await ensureBareRepository(folder);
    await ensureBareRepository(repositoryFolder({ directory, name: 'empty' }));
    const checkout = await makeCheckout();
    first = await commitFiles(checkout, { 'src/a.ts': 'old\n' });
    await symlink('catalog-info.yaml', join(checkout, 'link.yaml'));
    sha = await commitFiles(checkout, FILES);
    await mustGit(checkout, ['push', '--quiet', folder.gitDir, 'HEAD:main']);
    const branch = `${first}:refs/heads/feature/x`;
    await mustGit(checkout, ['push', '--quiet', folder.gitDir, branch]);
    reader = await startReader({ enabled: true, directory });
  });

  describe('readUrl', () => {
    it.each(['tree', 'blob'])('reads a file under %s', async view => {
      const response = await reader.readUrl(
        `${BASE}/orders/${view}/main/catalog-info.yaml`,
      );

      expect((await response.buffer()).toString()).toBe('kind: Component\n');
      expect(response.etag).toBe(sha);
    });

    it('streams a file, and reads names that are percent-encoded', async () => {
      const response = await reader.readUrl(
        `${BASE}/orders/blob/main/docs/deep/a%20%5B1%5D.md`,
      );
      expect(await text(response.stream!())).toBe('deep\n');
    });

    it('reads another branch, and a commit', async () => {
      for (const ref of ['feature%2Fx', first, first.slice(0, 10)]) {
        const response = await reader.readUrl(
          `${BASE}/orders/blob/${ref}/src/a.ts`,
        );
        expect((await response.buffer()).toString()).toBe('old\n');
        expect(response.etag).toBe(first);
      }
    });

    it('says when nothing changed since the etag', async () => {
      const url = `${BASE}/orders/blob/main/src/a.ts`;
      await expect(reader.readUrl(url, { etag: sha })).rejects.toThrow(
        expect.objectContaining({ name: 'NotModifiedError' }),
      );
      const response = await reader.readUrl(url, { etag: first });
      expect((await response.buffer()).toString()).toBe('a\n');
    });

    it.each([
      ['an unknown repository', '/nowhere/blob/main/a.txt'],
      ['an impossible name', '/Orders/blob/main/catalog-info.yaml'],
      ['an empty repository', '/empty/blob/main/a.txt'],
      ['an unknown ref', '/orders/blob/other/catalog-info.yaml'],
      ['an unknown path', '/orders/blob/main/nothing.yaml'],
      ['a folder', '/orders/blob/main/docs'],
      ['the root', '/orders/tree/main/'],
      ['a symbolic link', '/orders/blob/main/link.yaml'],
      ['another form', '/orders/raw/main/catalog-info.yaml'],
    ])('does not find %s', async (_, path) => {
      await expect(reader.readUrl(`${BASE}${path}`)).rejects.toThrow(
        expect.objectContaining({ name: 'NotFoundError' }),
      );
    });

    it.each([
      ['an option as ref', '/orders/blob/--help/a.txt'],
      ['an operator in the ref', '/orders/blob/main%5E%7Btree%7D/a.txt'],
      ['a path that leads out', '/orders/blob/main/..%2F..%2Fconfig'],
      ['bad encoding', '/orders/blob/main/%E0%A4%A'],
    ])('refuses %s', async (_, path) => {
      await expect(reader.readUrl(`${BASE}${path}`)).rejects.toThrow(
        expect.objectContaining({ name: 'InputError' }),
      );
    });
  });

  describe('readTree', () => {
    it('gives every file exactly as it was pushed', async () => {
      const tree = await reader.readTree(`${BASE}/orders/tree/main/`);
      const files = await tree.files();
      const found = Object.fromEntries(
        await Promise.all(
          files.map(async file => [
            file.path,
            (await file.content()).toString(),
          ]),
        ),
      );

      expect(tree.etag).toBe(sha);
      expect(found).toMatchObject(FILES);
    });

    it('gives the files below a path, unpacked into a folder', async () => {
      const tree = await reader.readTree(`${BASE}/orders/blob/main/docs`);
      const folder = await tree.dir();

      expect((await readdir(folder)).sort()).toEqual(['deep', 'index.md']);
      expect(await readFile(join(folder, 'deep/a [1].md'), 'utf8')).toBe(
        'deep\n',
      );
    });

    it('passes on the filter', async () => {
      const tree = await reader.readTree(`${BASE}/orders/tree/main/docs/`, {
        filter: path => path.endsWith('index.md'),
      });
      const files = await tree.files();
      expect(files.map(({ path }) => path)).toEqual(['index.md']);
    });

    it('says when nothing changed since the etag', async () => {
      await expect(
        reader.readTree(`${BASE}/orders/tree/main/`, { etag: sha }),
      ).rejects.toThrow(expect.objectContaining({ name: 'NotModifiedError' }));
    });

    it.each([
      ['an unknown folder', '/orders/tree/main/nothing'],
      ['a file', '/orders/tree/main/catalog-info.yaml'],
      ['an unknown ref', '/orders/tree/other/'],
    ])('does not find %s', async (_, path) => {
      await expect(reader.readTree(`${BASE}${path}`)).rejects.toThrow(
        expect.objectContaining({ name: 'NotFoundError' }),
      );
    });
  });

  describe('search', () => {
    it('finds one file by its path', async () => {
      const url = `${BASE}/orders/tree/main/catalog-info.yaml`;
      const { files, etag } = await reader.search(url);

      expect(etag).toBe(sha);
      expect(files.map(file => file.url)).toEqual([url]);
      expect((await files[0].content()).toString()).toBe('kind: Component\n');
    });

    it('finds files by a glob, with addresses that can be read', async () => {
      const { files } = await reader.search(`${BASE}/orders/blob/main/**/*.md`);

      expect(files.map(file => file.url).sort()).toEqual([
        `${BASE}/orders/blob/main/docs/deep/a%20%5B1%5D.md`,
        `${BASE}/orders/blob/main/docs/index.md`,
      ]);
      for (const file of files) {
        const response = await reader.readUrl(file.url);
        expect(await response.buffer()).toEqual(await file.content());
      }
    });

    it('finds nothing where nothing matches, and says when nothing changed', async () => {
      const { files } = await reader.search(`${BASE}/orders/blob/main/x.yaml`);
      expect(files).toEqual([]);
      await expect(
        reader.search(`${BASE}/orders/blob/main/*.yaml`, { etag: sha }),
      ).rejects.toThrow(expect.objectContaining({ name: 'NotModifiedError' }));
      await expect(
        reader.search(`${BASE}/nowhere/blob/main/*.yaml`),
      ).rejects.toThrow(expect.objectContaining({ name: 'NotFoundError' }));
    });
  });

  it('leaves other addresses to other readers', async () => {
    for (const url of [
      'http://localhost:7007/api/local-git/repositories/orders/tree/main/',
      'http://other:7007/base/api/local-git/repositories/orders/tree/main/',
    ]) {
      await expect(reader.readUrl(url)).rejects.toThrow(
        /Reading from .* is not allowed/,
      );
    }
  });

  it('refuses everything when repositories are not served', async () => {
    const closed = await startReader({ enabled: false, directory });
    await expect(
      closed.readUrl(`${BASE}/orders/tree/main/catalog-info.yaml`),
    ).rejects.toThrow(/localGit.enabled is not set/);
  });
});
