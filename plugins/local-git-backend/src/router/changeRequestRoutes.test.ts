import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  changeRequestSchema,
  changeRequestsResponseSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Knex } from 'knex';
import {
  changeRequestsOf,
  OTHER,
  pluginHeader,
} from '../__testUtils__/changeRequests';
import { commitFiles, mustGit } from '../__testUtils__/gitClient';
import { LocalGit, startLocalGit } from '../__testUtils__/startLocalGit';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_15', 'SQLITE_3'] });

describe.each(databases.eachSupportedId())(
  'change requests on %s',
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

    it('opens a request, brings it up to date and shows what it brings', async () => {
      const { checkout, target, first } = await makeTopic('shown');
      await mustGit(checkout, ['mv', 'old.txt', 'new.txt']);
      await mustGit(checkout, ['rm', '--quiet', 'gone.txt']);
      await chmod(join(checkout, 'a.txt'), 0o755);
      await mustGit(checkout, ['add', '--all']);
      await mustGit(checkout, ['commit', '--quiet', '-m', 'Move and delete']);
      const head = await commitFiles(checkout, {
        'blob.bin': '\0\u0001\0',
        'über "x".txt': 'quoted\n',
      } as Record<string, string>);
      await push(checkout, 1, [target, 'topic']);
      const opened = await put('shown', {
        sourceBranch: 'topic',
        body: '# Why',
      }).expect(201);
      expect(changeRequestSchema.parse(opened.body)).toEqual({
        number: 1,
        repository: 'shown',
        sourceBranch: 'topic',
        targetBranch: 'main',
        title: 'Change it',
        body: '# Why',
        draft: false,
        state: 'open',
        createdBy: 'user:default/mock',
        createdAt: expect.any(String),
        mergedBy: null,
        mergedAt: null,
        mergeCommit: null,
        closedAt: null,
        url: 'http://localhost:3000/golden-paths/repositories/shown/requests/1',
        canMerge: true,
      });
      const again = await put('shown', {
        sourceBranch: 'topic',
        title: 'Better',
        draft: true,
      }).expect(200);
      expect(again.body).toMatchObject({
        number: 1,
        title: 'Better',
        body: '',
        draft: true,
      });

      const shown = await details('shown');
      expect(shown).toMatchObject({
        head,
        target: first,
        mergeBase: first,
        behind: 0,
        changedFiles: 5,
        truncated: false,
        mergeable: 'clean',
        conflicts: [],
      });
      expect(shown.commits.map(({ subject }) => subject)).toEqual([
        'Change files',
        'Move and delete',
        'Change a thing',
      ]);
      const { patch, ...changed } = shown.files[0];
      expect(changed).toEqual({
        path: 'a.txt',
        status: 'changed',
        binary: false,
        additions: 1,
        deletions: 1,
        truncated: false,
      });
      expect(patch).toMatch(/^diff --git a\/a.txt b\/a.txt\nold mode/);
      expect(patch).toMatch(/\n-two\n\+TWO\n three\n$/);
      expect(
        shown.files.slice(1).map(({ path, status, movedFrom, binary }) => ({
          path,
          status,
          movedFrom,
          binary,
        })),
      ).toEqual([
        { path: 'blob.bin', status: 'added', binary: true },
        { path: 'gone.txt', status: 'deleted', binary: false },
        {
          path: 'new.txt',
          status: 'moved',
          movedFrom: 'old.txt',
          binary: false,
        },
        { path: 'über "x".txt', status: 'added', binary: false },
      ]);
      expect(shown.files[4].patch).toMatch(/\n\+quoted\n$/);
    });

    it('lists by state and branch with counts', async () => {
      const { commitOn } = await makeTopic('counted');
      await put('counted', { sourceBranch: 'topic' }).expect(201);
      await act('counted', 'close').expect(200);
      await commitOn('topic', { 'b.txt': 'b\n' });
      const second = await put('counted', { sourceBranch: 'topic' }).expect(
        201,
      );
      expect(second.body.number).toBe(2);

      const all = await local.api.get(url('counted')).expect(200);
      changeRequestsResponseSchema.parse(all.body);
      expect(all.body.counts).toEqual({ open: 1, merged: 0, closed: 1 });
      expect(
        all.body.items.map(({ number }: { number: number }) => number),
      ).toEqual([2, 1]);
      const closed = await local.api.get(url('counted', '?state=closed'));
      expect(closed.body.items).toEqual([
        expect.objectContaining({ number: 1, state: 'closed' }),
      ]);
      const none = await local.api.get(url('counted', '?branch=other'));
      expect(none.body.items).toEqual([]);
    });

    it('numbers requests that are opened at once, and opens one for each branch', async () => {
      const { checkout, target } = await makeTopic('raced');
      const branches = ['b1', 'b2', 'b3', 'b3'];
      await push(checkout, 3, [
        target,
        ...['b1', 'b2', 'b3'].map(name => `topic:refs/heads/${name}`),
      ]);
      const sent = await Promise.all(
        branches.map(sourceBranch => put('raced', { sourceBranch })),
      );
      expect(sent.map(({ status }) => status)).not.toContain(500);
      const all = await local.api.get(url('raced')).expect(200);
      expect(
        all.body.items
          .map(({ sourceBranch }: { sourceBranch: string }) => sourceBranch)
          .sort(),
      ).toEqual(['b1', 'b2', 'b3']);
    });

    it('refuses what cannot be a request', async () => {
      await makeTopic('strict');
      for (const [body, message] of [
        [{ sourceBranch: 'topic', title: 'a\nb' }, /title/],
        [{ sourceBranch: 'topic', title: ' ' }, /title/],
        [{ sourceBranch: 'topic', body: 'x'.repeat(65_537) }, /body/],
        [{ sourceBranch: 'topic', body: 'a\0b' }, /body/],
        [{ sourceBranch: 'topic', force: true }, /force/],
        [{ sourceBranch: 'main' }, /into itself/],
        [{ sourceBranch: '--upload-pack=x' }, /must not start/],
        [{}, /sourceBranch/],
      ] as const) {
        const refused = await put('strict', body).expect(400);
        expect(refused.body.error.message).toMatch(message);
      }
      await put('strict', { sourceBranch: 'none' }).expect(404);
      await put('nowhere', { sourceBranch: 'topic' }).expect(404);
      const empty = await put('strict', {
        sourceBranch: 'main',
        targetBranch: 'topic',
      }).expect(409);
      expect(empty.body.error.message).toMatch(/push the change first/);
      await local.api.get(url('strict', '/1')).expect(404);
      await local.api.get(url('strict', '/x')).expect(400);
      await put('strict', { sourceBranch: 'topic' })
        .set('Authorization', mockCredentials.user.header(OTHER))
        .expect(403);
      await put('strict', { sourceBranch: 'topic' })
        .set('Authorization', pluginHeader('golden-path'))
        .expect(403);
      await put('strict', { sourceBranch: 'topic' })
        .set('Authorization', mockCredentials.service.header())
        .expect(403);
    });

    it('bounds the patches of a large change and says so', async () => {
      const line = `${'x'.repeat(99)}\n`;
      const big = line.repeat(3000);
      const files: Record<string, string> = {
        'z-last.txt': 'last\n',
        'long-line.txt': 'y'.repeat(300_000),
      };
      for (let index = 10; index < 24; index += 1) {
        files[`big-${index}.txt`] = `${index}\n${big}`;
      }
      await makeTopic('large', files);
      await put('large', { sourceBranch: 'topic' }).expect(201);
      const shown = await details('large');

      const sizes = shown.files.map(({ patch }) => patch?.length ?? 0);
      expect(shown).toMatchObject({ changedFiles: 16, truncated: true });
      expect(Math.max(...sizes)).toBeLessThanOrEqual(200_000);
      expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(2_000_000);
      expect(shown.files[0]).toMatchObject({
        truncated: true,
        additions: 3001,
      });
      expect(shown.files[0].patch).toMatch(/^diff --git[^]*\n\+x{99}\n$/);
      expect(shown.files[15]).toEqual({
        path: 'z-last.txt',
        status: 'added',
        binary: false,
        additions: 1,
        deletions: 0,
        truncated: true,
      });
    });
  },
);
