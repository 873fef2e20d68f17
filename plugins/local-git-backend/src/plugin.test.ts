import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './__testUtils__/gitClient';
import { startLocalGit } from './__testUtils__/startLocalGit';
import localGit from './index';

describe('local-git plugin', () => {
  const { PATH } = process.env;

  afterEach(() => {
    process.env.PATH = PATH;
  });

  it('is the default export', () => {
    expect(localGit.$$type).toBe('@backstage/BackendFeature');
  });

  it.each([
    ['absent', {}],
    ['false', { enabled: false }],
  ])(
    'serves nothing and touches no disk when enabled is %s',
    async (_, set) => {
      const directory = join(await makeFolder(), 'untouched');
      const { api } = await startLocalGit({ localGit: { directory, ...set } });

      const list = await api.get('/api/local-git/repositories').expect(404);
      expect(list.body.error.message).toMatch(/localGit.enabled/);
      await api
        .get('/api/local-git/git/a.git/info/refs?service=git-upload-pack')
        .expect(404);
      await api.get('/api/local-git/repositories/a/tree/main/').expect(404);
      await expect(access(directory)).rejects.toThrow('ENOENT');
    },
  );

  it('answers 503 with a sentence when git cannot be run', async () => {
    process.env.PATH = await makeFolder();
    const { api } = await startLocalGit();

    const list = await api.get('/api/local-git/repositories').expect(503);
    expect(list.body.error.message).toMatch(/needs git 2.38 or newer/);
  });

  it('answers 503 when its folder cannot be made', async () => {
    const directory = '/dev/null/repositories';
    const { api } = await startLocalGit({
      localGit: { enabled: true, directory },
    });

    const list = await api.get('/api/local-git/repositories').expect(503);
    expect(list.body.error.message).toMatch(/localGit.directory/);
  });

  it('sends a browser from the address of a file to its page, whether it exists or not', async () => {
    const { api } = await startLocalGit();
    const base = '/api/local-git/repositories/no-such';
    const page = 'http://localhost:3000/golden-paths/repositories/no-such';

    const file = await api.get(`${base}/blob/main/docs/a%20b.md`).expect(302);
    expect(file.headers.location).toBe(`${page}?ref=main&path=docs%2Fa+b.md`);
    const root = await api.get(`${base}/tree/feature%2Fx/`).expect(302);
    expect(root.headers.location).toBe(`${page}?ref=feature%2Fx`);
    await api.get('/api/local-git/repositories/NO/tree/main').expect(400);
  });
});
