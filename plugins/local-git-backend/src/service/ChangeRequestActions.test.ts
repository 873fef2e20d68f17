import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  changeRequestsOf,
  OTHER,
  pluginHeader,
} from '../__testUtils__/changeRequests';
import { commitFiles, git, mustGit } from '../__testUtils__/gitClient';
import { LocalGit, startLocalGit } from '../__testUtils__/startLocalGit';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_15', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())(
  'merging change requests on %s',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let local: LocalGit;
    let url: ReturnType<typeof changeRequestsOf>['url'];
    let put: ReturnType<typeof changeRequestsOf>['put'];
    let details: ReturnType<typeof changeRequestsOf>['details'];
    let act: ReturnType<typeof changeRequestsOf>['act'];
    let push: ReturnType<typeof changeRequestsOf>['push'];
    let makeTopic: ReturnType<typeof changeRequestsOf>['makeTopic'];

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      local = await startLocalGit({ knex });
      ({ url, put, details, act, push, makeTopic } = changeRequestsOf(local));
    });

    it('merges with a commit of the user, announces it and deletes the branch', async () => {
      const { head, first, commitOn, checkout, refs } = await makeTopic(
        'merged',
      );
      const main = await commitOn('main', { 'b.txt': 'b\n' });
      await put('merged', { sourceBranch: 'topic', title: 'Bring "it"' });
      expect(await details('merged')).toMatchObject({
        behind: 1,
        mergeBase: first,
        mergeable: 'clean',
      });
      local.pushed.length = 0;
      const merged = await act('merged', 'merge', { head }).expect(200);

      const { mergeCommit } = merged.body;
      expect(merged.body).toMatchObject({
        state: 'merged',
        mergedBy: 'user:default/mock',
        mergedAt: expect.any(String),
        mergeCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      expect(await refs()).toBe(`${mergeCommit}\trefs/heads/main`);
      await mustGit(checkout, ['fetch', '--quiet', local.cloneUrl('merged')]);
      expect(
        await mustGit(checkout, [
          'log',
          '-1',
          '--format=%P|%an|%cn|%s',
          'FETCH_HEAD',
        ]),
      ).toBe(
        `${main} ${head}|mock|Golden Path|Merge change request #1: Bring "it"`,
      );
      expect(await mustGit(checkout, ['show', 'FETCH_HEAD:a.txt'])).toMatch(
        /TWO/,
      );
      expect(local.pushed).toEqual([
        expect.objectContaining({
          branch: 'main',
          before: main,
          after: mergeCommit,
        }),
        expect.objectContaining({ branch: 'topic', before: head, after: null }),
      ]);
      // It can be looked at for ever, and merging it again changes nothing
      expect(await details('merged')).toMatchObject({
        head,
        target: main,
        changedFiles: 1,
        mergeable: 'unknown',
      });
      await act('merged', 'merge').expect(200);
      expect((await details('merged')).request.mergeCommit).toBe(mergeCommit);
      const reopened = await act('merged', 'reopen').expect(409);
      expect(reopened.body.error.message).toMatch(/propose the branch anew/);
      const gone = await put('merged', { sourceBranch: 'topic' }).expect(404);
      expect(gone.body.error.message).toMatch(/no branch 'topic'.*push it/);
    });

    it('refuses drafts, what moved, and those who may not push', async () => {
      const { head, commitOn } = await makeTopic('refused');
      await put('refused', { sourceBranch: 'topic', draft: true }).expect(201);
      const draft = await act('refused', 'merge').expect(409);
      expect(draft.body.error.message).toMatch(/mark it ready first/);
      await act('refused', 'ready').expect(200);
      const other = (action: string) =>
        act('refused', action).set(
          'Authorization',
          mockCredentials.user.header(OTHER),
        );
      for (const action of ['merge', 'close', 'draft']) {
        await other(action).expect(403);
        await act('refused', action)
          .set('Authorization', pluginHeader('golden-path'))
          .expect(403);
      }
      const theirs = await local.api
        .get(url('refused', '/1'))
        .set('Authorization', mockCredentials.user.header(OTHER))
        .expect(200);
      expect(theirs.body.request.canMerge).toBe(false);
      await commitOn('topic', { 'later.txt': 'later\n' });
      const moved = await act('refused', 'merge', { head }).expect(409);
      expect(moved.body.error.message).toMatch(/'topic' moved since/);
      expect((await details('refused')).request.state).toBe('open');
      await act('refused', 'steal').expect(400);
      await act('refused', 'merge', { head: 'main' }).expect(400);
    });

    it('says which files conflict, merges none of it, and merges once they are solved', async () => {
      const { checkout, commitOn, target, refs } = await makeTopic('clash', {
        'a.txt': 'one\nmine\nthree\n',
        'fine.txt': 'fine\n',
      });
      await commitOn('main', { 'a.txt': 'one\ntheirs\nthree\n' });
      await put('clash', { sourceBranch: 'topic' }).expect(201);
      expect(await details('clash')).toMatchObject({
        mergeable: 'conflicts',
        conflicts: ['a.txt'],
      });
      const before = await refs();
      const conflict = await act('clash', 'merge').expect(409);
      expect(conflict.body.error.message).toMatch(/same lines of 'a.txt'/);
      expect(await refs()).toBe(before);

      await mustGit(checkout, ['checkout', '--quiet', 'topic']);
      await git(checkout, ['merge', '--quiet', 'main']);
      await commitFiles(checkout, { 'a.txt': 'one\nboth\nthree\n' });
      await push(checkout, 1, [target, 'topic']);
      expect((await details('clash')).mergeable).toBe('clean');
      await act('clash', 'merge').expect(200);
      expect(await refs()).toMatch(/^\w{40}\trefs\/heads\/main$/);
    });

    it('keeps a merged branch that another request builds on, and main', async () => {
      const { checkout, target, refs } = await makeTopic('stacked');
      await mustGit(checkout, ['checkout', '--quiet', '-b', 'next']);
      await commitFiles(checkout, { 'next.txt': 'next\n' });
      await push(checkout, 1, [target, 'next']);
      await put('stacked', { sourceBranch: 'topic' }).expect(201);
      await put('stacked', {
        sourceBranch: 'next',
        targetBranch: 'topic',
      }).expect(201);
      await act('stacked', 'merge').expect(200);

      expect(await refs()).toMatch(/refs\/heads\/topic/);
      expect((await details('stacked', 2)).request.state).toBe('open');
    });
  },
);
