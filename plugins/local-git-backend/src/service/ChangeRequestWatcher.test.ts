import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  changeRequestsOf,
  pluginHeader,
} from '../__testUtils__/changeRequests';
import {
  commitFiles,
  git,
  makeCheckout,
  mustGit,
} from '../__testUtils__/gitClient';
import { LocalGit, startLocalGit } from '../__testUtils__/startLocalGit';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_15', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())(
  'change requests after pushes on %s',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let local: LocalGit;
    let put: ReturnType<typeof changeRequestsOf>['put'];
    let details: ReturnType<typeof changeRequestsOf>['details'];
    let act: ReturnType<typeof changeRequestsOf>['act'];
    let push: ReturnType<typeof changeRequestsOf>['push'];
    let makeTopic: ReturnType<typeof changeRequestsOf>['makeTopic'];

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      local = await startLocalGit({ knex });
      ({ put, details, act, push, makeTopic } = changeRequestsOf(local));
    });

    it('is merged when a push brings its branch into the target', async () => {
      const { head, first, target, checkout } = await makeTopic('outside');
      await put('outside', { sourceBranch: 'topic' }).expect(201);
      // The branch goes in the same push
      await push(checkout, 2, [target, 'topic:main', ':topic']);
      expect(await details('outside')).toMatchObject({
        request: {
          state: 'merged',
          mergedBy: 'user:default/mock',
          mergeCommit: null,
        },
        head,
        target: first,
        changedFiles: 1,
      });
    });

    it('is closed when its branch is deleted, and reopened when that is back', async () => {
      const { target, checkout } = await makeTopic('deleted');
      await put('deleted', { sourceBranch: 'topic' }).expect(201);
      await push(checkout, 1, [target, ':topic']);
      expect(await details('deleted')).toMatchObject({
        request: { state: 'closed', closedAt: expect.any(String) },
        changedFiles: 1,
      });
      const early = await act('deleted', 'reopen').expect(409);
      expect(early.body.error.message).toMatch(/push it again/);
      await push(checkout, 1, [target, 'topic']);
      const reopened = await act('deleted', 'reopen').expect(200);
      expect(reopened.body).toMatchObject({ state: 'open', closedAt: null });
      await act('deleted', 'close').expect(200);
      await act('deleted', 'close').expect(200);
      const late = await act('deleted', 'merge').expect(409);
      expect(late.body.error.message).toMatch(/is closed and cannot be merged/);
    });

    it('stays open when its branch is reset to what the target has already', async () => {
      const { first, commitOn } = await makeTopic('emptied');
      const token = await local.api
        .post('/api/local-git/repositories/emptied/tokens')
        .set('Authorization', pluginHeader('golden-path'));
      const target = local.pushUrl('emptied', token.body.token);
      const checkout = await makeCheckout();
      const branch = 'golden-path/x';
      await mustGit(checkout, ['fetch', '--quiet', target, 'topic']);
      const move = (commit: string) =>
        push(checkout, 1, [
          '--force',
          target,
          `${commit}:refs/heads/${branch}`,
        ]);
      await move('FETCH_HEAD');
      await put('emptied', { sourceBranch: branch }).expect(201);
      await move(first);

      const shown = await details('emptied');
      expect(shown).toMatchObject({ request: { state: 'open' }, files: [] });
      const nothing = await act('emptied', 'merge').expect(409);
      expect(nothing.body.error.message).toMatch(/nothing to merge/);
      await commitOn('main', { 'b.txt': 'b\n' });
      expect(await details('emptied')).toMatchObject({
        request: { state: 'open' },
        behind: 1,
      });
    });

    it('takes from a plugin branches below golden-path/ only, and those rewritten', async () => {
      const { first, target: own } = await makeTopic('plugged');
      const token = await local.api
        .post('/api/local-git/repositories/plugged/tokens')
        .set('Authorization', pluginHeader('golden-path'))
        .expect(201);
      const target = local.pushUrl('plugged', token.body.token);
      const checkout = await makeCheckout();
      await mustGit(checkout, ['pull', '--quiet', target, 'main']);
      await commitFiles(checkout, { 'a.txt': 'update\n' });
      const force = (refspec: string, to = target) =>
        git(checkout, ['push', '--force', to, refspec]);
      const branch = 'HEAD:refs/heads/golden-path/update-x-1.0.0';

      expect((await force(branch)).code).toBe(0);
      await mustGit(checkout, ['commit', '--quiet', '--amend', '-m', 'Anew']);
      const anew = await mustGit(checkout, ['rev-parse', 'HEAD']);
      const byUser = await force(branch, own);
      expect(byUser.stderr).toMatch(/non-fast-forward/);
      expect((await force(branch)).code).toBe(0);
      for (const refspec of [
        'HEAD:refs/heads/main',
        'HEAD:refs/heads/topic',
        'HEAD:refs/heads/golden-pathx',
        'HEAD:refs/heads/golden-pathx/y',
        'HEAD:refs/tags/golden-path/v1',
        'HEAD:refs/requests/1/head',
        ':refs/heads/topic',
      ]) {
        const refused = await force(refspec);
        expect([refspec, refused.code]).toEqual([refspec, 1]);
        expect(refused.stderr).toMatch(/hidden ref/);
      }
      const opened = await put('plugged', {
        sourceBranch: 'golden-path/update-x-1.0.0',
      })
        .set('Authorization', pluginHeader('golden-path'))
        .expect(201);
      expect(opened.body).toMatchObject({
        createdBy: 'plugin:golden-path',
        canMerge: false,
      });
      expect(await details('plugged')).toMatchObject({
        request: { canMerge: true },
        head: anew,
        target: first,
      });
      await local.api
        .post('/api/local-git/repositories/plugged/tokens')
        .set('Authorization', mockCredentials.service.header())
        .expect(403);
      const rows = await knex('push_tokens').where({ repository: 'plugged' });
      expect(
        rows.map(row => [row.created_by, row.branch_prefix]),
      ).toContainEqual(['plugin:golden-path', 'golden-path/']);
    });
  },
);
