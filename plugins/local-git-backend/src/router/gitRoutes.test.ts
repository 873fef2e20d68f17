import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  commitFiles,
  git,
  makeCheckout,
  makeFolder,
  mustGit,
} from '../__testUtils__/gitClient';
import { LocalGit, startLocalGit } from '../__testUtils__/startLocalGit';

jest.setTimeout(120_000);

const MEBIBYTE = 1024 * 1024;

describe('smart HTTP', () => {
  let local: LocalGit;

  beforeAll(async () => {
    local = await startLocalGit();
  });

  /** A new repository on the server and a checkout with one commit that was pushed to it. */
  async function makePushed(name: string) {
    const { push } = await local.create(name);
    const target = local.pushUrl(name, push.token);
    const checkout = await makeCheckout();
    const sha = await commitFiles(checkout, { 'a.txt': 'a\n' });
    const before = local.pushed.length;
    await mustGit(checkout, ['push', '--quiet', target, 'HEAD:main']);
    await local.waitForPushes(before + 1);
    local.pushed.length = 0;
    return {
      target,
      checkout,
      sha,
      gitDir: join(local.directory, `${name}.git`),
    };
  }

  it('streams a push of more than 20 MB and gives it back whole', async () => {
    const { push } = await local.create('large');
    const checkout = await makeCheckout();
    const content = randomBytes(24 * MEBIBYTE);
    await commitFiles(checkout, { 'large.bin': content });
    const target = local.pushUrl('large', push.token);
    await mustGit(checkout, ['push', '--quiet', target, 'HEAD:main']);
    const clone = await makeFolder();
    await mustGit(clone, ['clone', '--quiet', local.cloneUrl('large'), '.']);

    expect(await mustGit(clone, ['rev-parse', 'HEAD:large.bin'])).toBe(
      await mustGit(checkout, ['hash-object', 'large.bin']),
    );
  });

  it('speaks protocol version 2 and partial clone', async () => {
    const { sha } = await makePushed('modern');
    const trace = await git(
      await makeFolder(),
      ['clone', '--filter=blob:none', local.cloneUrl('modern'), '.'],
      { GIT_TRACE_PACKET: '1' },
    );

    expect(trace.code).toBe(0);
    expect(trace.stderr).toMatch(/< version 2/);
    expect(trace.stderr).toContain(sha);
    expect(trace.stderr).not.toMatch(/filtering not recognized/);
  });

  it('takes a request body that is compressed', async () => {
    const { sha } = await makePushed('compressed');
    const line = (text: string) =>
      (text.length + 4).toString(16).padStart(4, '0') + text;
    const body = `${line(`want ${sha} no-progress\n`)}0000${line('done\n')}`;
    const response = await local.api
      .post('/api/local-git/git/compressed.git/git-upload-pack')
      .set('Content-Type', 'application/x-git-upload-pack-request')
      .set('Content-Encoding', 'gzip')
      .buffer(true)
      .parse((res, callback) => {
        const chunks: Buffer[] = [];
        res.on('data', chunk => chunks.push(chunk));
        res.on('end', () => callback(null, Buffer.concat(chunks)));
      })
      .send(gzipSync(body))
      .expect(200);

    expect(response.headers['content-type']).toBe(
      'application/x-git-upload-pack-result',
    );
    expect(response.body.toString('latin1')).toMatch(/^0008NAK\nPACK/);
  });

  it('runs no hook that lies in a repository', async () => {
    const { target, checkout, gitDir } = await makePushed('hooked');
    const mark = join(await makeFolder(), 'hook-ran');
    const script = `#!/bin/sh\ntouch '${mark}'\n`;
    await mkdir(join(gitDir, 'hooks'));
    for (const hook of ['pre-receive', 'update', 'post-receive']) {
      await writeFile(join(gitDir, 'hooks', hook), script, { mode: 0o755 });
    }
    await mustGit(gitDir, ['config', 'core.hooksPath', 'hooks']);
    await commitFiles(checkout, { 'b.txt': 'b\n' });
    await mustGit(checkout, ['push', '--quiet', target, 'HEAD:main']);

    await expect(access(mark)).rejects.toThrow('ENOENT');
    await writeFile(join(checkout, 'c.txt'), 'c\n');
    await commitFiles(checkout, {});
    await mustGit(checkout, ['push', '--quiet', gitDir, 'HEAD:main']);
    await access(mark);
  });

  it('makes repositories without a hook of any template', async () => {
    await local.create('plain');
    expect(await readdir(join(local.directory, 'plain.git'))).not.toContain(
      'hooks',
    );
    expect(await readdir(join(local.directory, '.home'))).toEqual([]);
  });

  it('announces every branch that a push created, moved or deleted, and no more', async () => {
    const { target, checkout, sha } = await makePushed('branches');
    const next = await commitFiles(checkout, { 'b.txt': 'b\n' });
    await mustGit(checkout, [
      'push',
      '--quiet',
      target,
      'HEAD:main',
      `${sha}:refs/heads/feature/x`,
      `${sha}:refs/tags/v1`,
    ]);
    await local.waitForPushes(2);
    await mustGit(checkout, ['push', '--quiet', target, ':feature/x']);
    await local.waitForPushes(3);

    expect(
      local.pushed.map(({ branch, before, after }) => [branch, before, after]),
    ).toEqual([
      ['feature/x', null, sha],
      ['main', sha, next],
      ['feature/x', sha, null],
    ]);
  });

  it('refuses to rewrite a branch, to delete the default one and to take other refs', async () => {
    const { target, checkout, sha } = await makePushed('kept');
    await mustGit(checkout, ['commit', '--amend', '--message', 'Other']);

    const rewrite = await git(checkout, ['push', '-f', target, 'HEAD:main']);
    expect(rewrite.stderr).toMatch(/non-fast-forward/);
    const remove = await git(checkout, ['push', target, ':main']);
    expect(remove.stderr).toMatch(/deletion of the current branch prohibited/);
    const replace = `HEAD:refs/replace/${sha}`;
    const hidden = await git(checkout, ['push', target, replace]);
    expect(hidden.stderr).toMatch(/hidden ref/);
    expect(local.pushed).toEqual([]);
  });

  it('refuses objects that are not sound', async () => {
    const { target, checkout } = await makePushed('sound');
    const tree = await mustGit(checkout, ['rev-parse', 'HEAD^{tree}']);
    await writeFile(
      join(checkout, 'commit'),
      `tree ${tree}\nauthor no email 0 +0000\ncommitter no email 0 +0000\n\nx\n`,
    );
    const sha = await mustGit(checkout, [
      'hash-object',
      '-t',
      'commit',
      '-w',
      '--literally',
      'commit',
    ]);
    const push = await git(checkout, ['push', target, `${sha}:refs/heads/bad`]);

    expect(push.code).not.toBe(0);
    expect(push.stderr).toMatch(/missingEmail|fsck/i);
  });

  it('serves nothing but the smart protocol, and no path outside', async () => {
    await makePushed('smart');
    const base = '/api/local-git/git';
    for (const [path, status] of [
      ['/smart.git/info/refs', 403],
      ['/smart.git/info/refs?service=git-annex', 403],
      ['/smart.git/HEAD', 404],
      ['/smart.git/config', 404],
      ['/smart.git/objects/info/packs', 404],
      ['/smart/info/refs?service=git-upload-pack', 404],
      ['/none.git/info/refs?service=git-upload-pack', 404],
      ['/..%2Fsmart.git/info/refs?service=git-upload-pack', 404],
      ['/x%2F..%2Fsmart.git/info/refs?service=git-upload-pack', 404],
      ['/.home.git/info/refs?service=git-upload-pack', 404],
      ['/none.git/info/refs?service=git-receive-pack', 401],
    ] as const) {
      const response = await local.api.get(`${base}${path}`);
      expect([path, response.status]).toEqual([path, status]);
    }
  });

  it('refuses what came through a proxy or under the name of another host', async () => {
    const path =
      '/api/local-git/git/none.git/info/refs?service=git-upload-pack';
    const statusWith = async (header: string, value: string) =>
      (await local.api.get(path).set(header, value)).status;

    expect(await statusWith('X-Forwarded-For', '10.0.0.1')).toBe(403);
    expect(await statusWith('Forwarded', 'for=10.0.0.1')).toBe(403);
    expect(await statusWith('Host', 'evil.example')).toBe(403);
    expect(await statusWith('Host', 'localhost')).toBe(404);
  });
});

describe('limits of a push', () => {
  it('answers 413 to a larger push, however it is sent, and changes nothing', async () => {
    const directory = join(await makeFolder(), 'repositories');
    const local = await startLocalGit({
      localGit: { enabled: true, directory, maxPushBytes: 2 * MEBIBYTE },
    });
    const { push } = await local.create('small');
    const target = local.pushUrl('small', push.token);
    const checkout = await makeCheckout();
    await commitFiles(checkout, { 'large.bin': randomBytes(8 * MEBIBYTE) });

    const chunked = await git(checkout, ['push', target, 'HEAD:main']);
    expect(chunked.code).not.toBe(0);
    expect(chunked.stderr).toMatch(/HTTP 413/);
    const whole = await git(checkout, [
      '-c',
      `http.postBuffer=${16 * MEBIBYTE}`,
      'push',
      target,
      'HEAD:main',
    ]);
    expect(whole.code).not.toBe(0);
    expect(whole.stderr).toMatch(/413/);
    expect(await mustGit(checkout, ['ls-remote', target])).toBe('');
    expect(local.pushed).toEqual([]);

    await mustGit(checkout, ['rm', '--quiet', 'large.bin']);
    await mustGit(checkout, ['commit', '--amend', '--allow-empty', '-m', 'x']);
    await mustGit(checkout, ['push', '--quiet', target, 'HEAD:main']);
  });

  it('serves other machines and proxies when that is allowed', async () => {
    const directory = join(await makeFolder(), 'repositories');
    const local = await startLocalGit({
      localGit: { enabled: true, directory, allowRemote: true },
    });
    await local.create('open');
    const response = await local.api
      .get('/api/local-git/git/open.git/info/refs?service=git-upload-pack')
      .set('X-Forwarded-For', '10.0.0.1')
      .set('Host', 'git.example');

    expect(response.status).toBe(200);
  });
});
