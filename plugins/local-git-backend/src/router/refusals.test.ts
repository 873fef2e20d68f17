import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { LocalGit, startLocalGit } from '../__testUtils__/startLocalGit';

describe('requests that get little or nothing', () => {
  let local: LocalGit;

  beforeAll(async () => {
    local = await startLocalGit();
  });

  function get(path: string) {
    return local.api.get(`/api/local-git${path}`);
  }

  it('shows an empty repository as empty', async () => {
    await local.create('empty');

    const commits = await get('/repositories/empty/commits').expect(200);
    expect(commits.body).toEqual({ items: [] });
    const files = await get('/repositories/empty/files').expect(200);
    expect(files.body).toEqual({ ref: 'main', path: '', items: [] });
    await get('/repositories/empty/content?path=a').expect(404);
    await get('/repositories/empty/files?path=a').expect(404);
    await get('/repositories/empty/commits?ref=other').expect(404);
  });

  it('refuses bad names, refs, paths and bodies', async () => {
    await local.create('strict');
    for (const name of [
      'Upper',
      '-x',
      'x-',
      'a/b',
      '../x',
      '.home',
      'a'.repeat(64),
      'x.git',
      '',
    ]) {
      await local.api
        .post('/api/local-git/repositories')
        .send({ name, idempotencyKey: 'k' })
        .expect(400);
    }
    const unknown = await local.api
      .post('/api/local-git/repositories')
      .send({
        name: 'ok',
        idempotencyKey: 'k',
        owner: 'group:',
        path: '/etc',
      })
      .expect(400);
    expect(unknown.body.error.message).toMatch(/path/);
    const owner = await local.api
      .post('/api/local-git/repositories')
      .send({ name: 'ok', idempotencyKey: 'k', owner: 'group:' })
      .expect(400);
    expect(owner.body.error.message).toMatch(/^owner: /);

    await get('/repositories/strict/commits?ref=--output=/tmp/x').expect(400);
    await get('/repositories/strict/commits?ref=HEAD~1').expect(400);
    await get('/repositories/strict/commits?ref=main&ref=x').expect(400);
    await get('/repositories/strict/files?path=../orders.git').expect(400);
    await get('/repositories/strict/content?path=a%00b').expect(400);
    await get('/repositories/..%2Fstrict/files').expect(400);
    await get('/repositories/nowhere/files').expect(404);
  });

  it('refuses who lacks the permission', async () => {
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY } as const)),
    });
    const closed = await startLocalGit({ features: [permissions.factory] });
    await closed.api.get('/api/local-git/repositories').expect(403);
    const denied = await closed.api
      .post('/api/local-git/repositories')
      .send({ name: 'denied', idempotencyKey: 'k' })
      .expect(403);

    expect(denied.body.error.message).toMatch(/local-git.repository.create/);
    await closed.api
      .get('/api/local-git/repositories')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
  });
});
