import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  commitsResponseSchema,
  createRepositoryResponseSchema,
  filesResponseSchema,
  repositoriesResponseSchema,
  repositoryPushedSchema,
  repositorySchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import {
  commitFiles,
  git,
  makeCheckout,
  makeFolder,
  mustGit,
} from './__testUtils__/gitClient';
import { LocalGit, startLocalGit } from './__testUtils__/startLocalGit';
import { migrationsFolder } from './database/openDatabase';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_15', 'SQLITE_3'],
});

const OTHER = 'user:default/other';

describe.each(databases.eachSupportedId())(
  'local-git on %s',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let local: LocalGit;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      local = await startLocalGit({ knex });
    });

    function get(path: string) {
      return local.api.get(`/api/local-git${path}`);
    }

    it('creates, clones, takes a push, announces it and shows it', async () => {
      const created = await local.create('orders', {
        owner: 'Group:Default/Team-A',
      });
      createRepositoryResponseSchema.parse(created);
      expect(created.repository).toEqual({
        name: 'orders',
        description: '',
        defaultBranch: 'main',
        createdAt: expect.any(String),
        createdBy: mockCredentials.user().principal.userEntityRef,
        cloneUrl: 'http://localhost:7007/api/local-git/git/orders.git',
        treeUrl:
          'http://localhost:7007/api/local-git/repositories/orders/tree/main/',
        canPush: true,
      });
      expect(created.push.token).toMatch(/^gplg_[\w-]{43}$/);

      const checkout = await makeFolder();
      await mustGit(checkout, [
        'clone',
        '--quiet',
        local.at(created.repository.cloneUrl),
        '.',
      ]);
      const first = await commitFiles(
        checkout,
        { 'README.md': '# Orders\n', 'src/a.ts': 'export {};\n' },
        'Begin, with "quotes"\n\nand a body',
      );
      const second = await commitFiles(checkout, {
        'logo.bin': Buffer.from([0, 1, 2, 255]),
      });
      const target = local.pushUrl('orders', created.push.token);
      await mustGit(checkout, ['push', '--quiet', target, 'HEAD:main']);

      await local.waitForPushes(1);
      expect(local.pushed).toEqual([
        {
          repository: 'orders',
          url: 'http://localhost:7007/api/local-git/repositories/orders/',
          branch: 'main',
          before: null,
          after: second,
        },
      ]);
      repositoryPushedSchema.parse(local.pushed[0]);

      const commits = await get('/repositories/orders/commits').expect(200);
      commitsResponseSchema.parse(commits.body);
      expect(commits.body.items).toEqual([
        expect.objectContaining({ sha: second, author: 'Dee Veloper' }),
        expect.objectContaining({
          sha: first,
          subject: 'Begin, with "quotes"',
        }),
      ]);

      const files = await get('/repositories/orders/files').expect(200);
      filesResponseSchema.parse(files.body);
      expect(files.body).toEqual({
        ref: 'main',
        path: '',
        items: [
          { name: 'src', path: 'src', type: 'folder', size: null },
          { name: 'README.md', path: 'README.md', type: 'file', size: 9 },
          { name: 'logo.bin', path: 'logo.bin', type: 'file', size: 4 },
        ],
      });
      const below = await get('/repositories/orders/files')
        .query({ path: 'src/', ref: first })
        .expect(200);
      expect(below.body.items).toEqual([
        { name: 'a.ts', path: 'src/a.ts', type: 'file', size: 11 },
      ]);

      const text = await get('/repositories/orders/content')
        .query({ path: 'README.md' })
        .expect(200);
      expect(text.body).toEqual({
        ref: 'main',
        path: 'README.md',
        size: 9,
        text: '# Orders\n',
      });
      const binary = await get('/repositories/orders/content')
        .query({ path: 'logo.bin' })
        .expect(200);
      expect(binary.body).toMatchObject({ size: 4, text: null });
    });

    it('lists repositories and says who may push', async () => {
      await local.create('listed', { owner: 'group:default/team-a' });
      const mine = await get('/repositories').expect(200);
      repositoriesResponseSchema.parse(mine.body);
      const theirs = await get('/repositories/listed')
        .set('Authorization', mockCredentials.user.header(OTHER))
        .expect(200);
      const service = await get('/repositories/listed')
        .set('Authorization', mockCredentials.service.header())
        .expect(200);

      expect(
        mine.body.items.map((item: { name: string }) => item.name),
      ).toContain('listed');
      expect(repositorySchema.parse(theirs.body).canPush).toBe(false);
      expect(repositorySchema.parse(service.body).canPush).toBe(false);
      await get('/repositories/nowhere').expect(404);
    });

    it('stores digests of tokens and never a token', async () => {
      const { push } = await local.create('secrets');
      const rows = await knex('push_tokens').where({ repository: 'secrets' });

      expect(rows).toHaveLength(1);
      expect(rows[0].digest).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(rows)).not.toContain(push.token);
    });

    it('refuses a push without, with a wrong, an expired or another token', async () => {
      const one = await local.create('guarded-one');
      const two = await local.create('guarded-two');
      const checkout = await makeCheckout();
      await commitFiles(checkout, { 'a.txt': 'a' });
      const push = (url: string) => git(checkout, ['push', url, 'HEAD:main']);

      const bare = await local.api
        .get('/api/local-git/git/guarded-one.git/info/refs')
        .query({ service: 'git-receive-pack' })
        .expect(401);
      expect(bare.headers['www-authenticate']).toMatch(/^Basic realm=/);
      await local.api
        .post('/api/local-git/git/guarded-one.git/git-receive-pack')
        .set('Content-Type', 'application/x-git-receive-pack-request')
        .expect(401);
      expect((await push(local.cloneUrl('guarded-one'))).code).not.toBe(0);
      const wrong = await push(local.pushUrl('guarded-one', 'gplg_wrong'));
      expect(wrong.code).not.toBe(0);
      const others = local.pushUrl('guarded-one', two.push.token);
      expect((await push(others)).code).not.toBe(0);

      const own = local.pushUrl('guarded-one', one.push.token);
      const expires = await knex('push_tokens').where({
        repository: 'guarded-one',
      });
      await knex('push_tokens')
        .where({ repository: 'guarded-one' })
        .update({ expires_at: new Date(Date.now() - 1) });
      expect((await push(own)).code).not.toBe(0);
      expect(
        await mustGit(checkout, ['ls-remote', local.cloneUrl('guarded-one')]),
      ).toBe('');

      await knex('push_tokens')
        .where({ repository: 'guarded-one' })
        .update({ expires_at: expires[0].expires_at });
      expect((await push(own)).code).toBe(0);
    });

    it('forgets tokens that have run out when it issues new ones', async () => {
      await local.create('purged');
      await knex('push_tokens')
        .where({ repository: 'purged' })
        .update({ expires_at: new Date(Date.now() - 1) });
      await local.create('purger');

      expect(await knex('push_tokens').where({ repository: 'purged' })).toEqual(
        [],
      );
    });

    it('gives the same repository and a fresh token for the same key', async () => {
      const first = await local.create('again', { idempotencyKey: 'run-1' });
      const response = await local.api
        .post('/api/local-git/repositories')
        .send({ name: 'again', idempotencyKey: 'run-1' })
        .expect(200);

      expect(response.body.repository).toEqual(first.repository);
      expect(response.body.push.token).not.toBe(first.push.token);

      await local.api
        .post('/api/local-git/repositories')
        .send({ name: 'again', idempotencyKey: 'run-2' })
        .expect(409);
      const other = await local.api
        .post('/api/local-git/repositories')
        .set('Authorization', mockCredentials.user.header(OTHER))
        .send({ name: 'again', idempotencyKey: 'run-1' })
        .expect(409);
      expect(other.body.error.message).toMatch(/choose another name/);
      const renamed = await local.api
        .post('/api/local-git/repositories')
        .send({ name: 'renamed', idempotencyKey: 'run-1' })
        .expect(409);
      expect(renamed.body.error.message).toMatch(/made the repository 'again'/);
    });

    it('lets one of two creators of one name win, and one request sent twice succeed', async () => {
      const send = (name: string, idempotencyKey: string) =>
        local.api
          .post('/api/local-git/repositories')
          .send({ name, idempotencyKey });
      const rivals = await Promise.all([
        send('raced', 'racer-1'),
        send('raced', 'racer-2'),
      ]);
      const twice = await Promise.all([
        send('twice', 'same'),
        send('twice', 'same'),
      ]);

      expect(rivals.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(twice.map(({ status }) => status).sort()).toEqual([200, 201]);
      const folders = await readdir(local.directory);
      expect(folders).toEqual(expect.arrayContaining(['raced.git']));
      expect(folders.filter(name => name.startsWith('.new-'))).toEqual([]);
    });

    it('does not take over a folder that it has no record of', async () => {
      await mustGit(local.directory, [
        'init',
        '--bare',
        join(local.directory, 'stray.git'),
      ]);
      await local.api
        .post('/api/local-git/repositories')
        .send({ name: 'stray', idempotencyKey: 'stray' })
        .expect(409);

      expect(await knex('repositories').where({ name: 'stray' })).toEqual([]);
    });

    it('gives tokens to the creator and to members of the owner only', async () => {
      const owner = 'user:default/owner';
      await local.create('shared', { owner });
      const token = (user?: string) =>
        local.api
          .post('/api/local-git/repositories/shared/tokens')
          .set('Authorization', mockCredentials.user.header(user));

      const given = await token().expect(201);
      expect(given.body.token).toMatch(/^gplg_/);
      await token(owner).expect(201);
      await token(OTHER).expect(403);
      await local.api
        .post('/api/local-git/repositories/shared/tokens')
        .set('Authorization', mockCredentials.service.header())
        .expect(403);
    });

    it('has migrations that can be undone', async () => {
      const other = await databases.init(databaseId);
      const directory = migrationsFolder();
      await other.migrate.latest({ directory });
      expect(await other.schema.hasTable('push_tokens')).toBe(true);
      await other.migrate.rollback({ directory });
      expect(await other.schema.hasTable('push_tokens')).toBe(false);
      expect(await other.schema.hasTable('repositories')).toBe(false);
    });
  },
);
