import { join } from 'node:path';
import { git, makeFolder, makeRepository } from '../__testUtils__/repositories';
import {
  type GitServer,
  startGitServer,
} from '../__testUtils__/startGitServer';
import { pushChange, type PushChangeOptions } from './pushChange';

jest.setTimeout(60_000);

const PASSWORD = 's3cret/+%word';
const servers: GitServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function startRemote(
  intercept?: Parameters<typeof startGitServer>[0]['intercept'],
) {
  const root = makeFolder();
  const clone = makeRepository({ 'README.md': 'hello\n', 'big.txt': 'big\n' });
  const remote = join(root, 'service.git');
  git(root, 'clone', '--quiet', '--bare', clone, remote);
  git(remote, 'config', 'http.receivepack', 'true');
  git(remote, 'config', 'uploadpack.allowFilter', 'true');
  const server = await startGitServer({ root, password: PASSWORD, intercept });
  servers.push(server);
  return { server, remote };
}

function optionsFor(
  server: GitServer,
  others: Partial<PushChangeOptions> = {},
): PushChangeOptions {
  return {
    remoteUrl: `${server.url}/service.git`,
    credentials: { username: 'bot', password: PASSWORD },
    baseBranch: 'main',
    branch: 'golden-path/update',
    files: [
      { path: 'a.txt', mode: '100644', content: Buffer.from('a\n') },
      { path: 'big.txt', mode: '100644', content: Buffer.from('bigger\n') },
    ],
    message: 'Update',
    author: { name: 'Golden Path', email: 'golden-path@localhost' },
    date: new Date('2026-11-21T10:00:00Z'),
    ...others,
  };
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: Error) => thrown,
  );
  return `${error.name} ${error.message} ${error.stack} ${JSON.stringify(
    error,
  )}`;
}

describe('pushChange over HTTP', () => {
  it('pushes with credentials, replaces its commit, and fetches no more than it asks for', async () => {
    const { server, remote } = await startRemote();
    const first = await pushChange(optionsFor(server));
    expect(git(remote, 'rev-parse', 'golden-path/update')).toBe(first.commit);
    const fetches = server.requests.filter(request =>
      request.startsWith('POST /service.git/git-upload-pack'),
    );
    // One to list the refs and two to fetch: none for a file that is not changed
    expect(fetches).toHaveLength(3);
    const files = [
      { path: 'a.txt', mode: '100644', content: Buffer.from('b\n') } as const,
    ];
    const second = await pushChange(optionsFor(server, { files }));
    expect(git(remote, 'rev-parse', 'golden-path/update')).toBe(second.commit);
    expect(git(remote, 'rev-parse', 'golden-path/update^')).toBe(
      first.baseCommit,
    );
  });

  it.each([
    ['a wrong password', { username: 'bot', password: 'wr0ng/secret+' }],
    ['no credentials', undefined],
  ])(
    'says that the remote refuses %s, without the secret',
    async (_, credentials) => {
      const { server } = await startRemote();
      const message = await messageOf(
        pushChange(optionsFor(server, { credentials })),
      );
      expect(message).toContain('GitError');
      expect(message).toContain('refuses the credentials');
      expect(message).toContain(`${server.url}/service.git`);
      expect(message).not.toContain('wr0ng');
      expect(message).not.toContain(
        Buffer.from('bot:wr0ng/secret+').toString('base64'),
      );
    },
  );

  it('takes the secret out of what the remote says', async () => {
    const { server } = await startRemote((request, response) => {
      const { authorization } = request.headers;
      response.writeHead(200, {
        'content-type': 'application/x-git-upload-pack-advertisement',
      });
      const text = `ERR ${authorization} ${PASSWORD} ${encodeURIComponent(
        PASSWORD,
      )}`;
      const line = (content: string) =>
        (content.length + 4).toString(16).padStart(4, '0') + content;
      response.end(`${line('# service=git-upload-pack\n')}0000${line(text)}`);
      return true;
    });
    const message = await messageOf(pushChange(optionsFor(server)));
    expect(message).toContain('remote error: Basic *** *** ***');
    expect(message).not.toContain('s3cret');
  });

  it('follows no redirect to another host', async () => {
    const other = await startRemote();
    const { server } = await startRemote((request, response) => {
      response
        .writeHead(302, { location: `${other.server.url}${request.url}` })
        .end();
      return true;
    });
    await expect(pushChange(optionsFor(server))).rejects.toThrow(
      /git ls-remote failed/,
    );
    expect(other.server.requests).toEqual([]);
  });

  it('says that there is no such repository', async () => {
    const { server } = await startRemote();
    await expect(
      pushChange(optionsFor(server, { remoteUrl: `${server.url}/other.git` })),
    ).rejects.toThrow(/not found/);
  });

  it('gives up on a remote that does not answer', async () => {
    const { server } = await startRemote(() => true);
    await expect(
      pushChange(optionsFor(server, { timeoutMilliseconds: 300 })),
    ).rejects.toThrow('git ls-remote took over 300 ms');
    const stop = new AbortController();
    const pushing = pushChange(optionsFor(server, { signal: stop.signal }));
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(pushing).rejects.toThrow('enough');
  });
});
