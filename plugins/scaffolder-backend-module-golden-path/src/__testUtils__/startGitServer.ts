import { execFileSync, spawn } from 'node:child_process';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** A real git server over smart HTTP, with Basic credentials, on loopback. */
export type GitServer = {
  url: string;
  /** Method and path of every request. */
  requests: string[];
  /** Creates an empty repository that is served as `<url>/<name>.git`. */
  createRepository(name: string): string;
  git(name: string, ...args: string[]): string;
  stop(): Promise<void>;
};

/** Answers a request, or says `false` to leave it to git. */
export type Handler = (options: {
  request: IncomingMessage;
  response: ServerResponse;
  server: GitServer;
}) => Promise<boolean>;

export async function startGitServer(options: {
  root: string;
  token: string;
  handler?: Handler;
}): Promise<GitServer> {
  const { root, token } = options;
  const requests: string[] = [];
  const http = createServer();
  await new Promise<void>(done => {
    http.listen(0, '127.0.0.1', done);
  });
  const { port } = http.address() as AddressInfo;
  const git = (name: string, ...args: string[]) =>
    execFileSync('git', ['-C', path.join(root, `${name}.git`), ...args], {
      encoding: 'utf8',
    });
  const server: GitServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    git,
    createRepository(name) {
      execFileSync(
        'git',
        ['init', '-q', '--bare', '-b', 'main', `${name}.git`],
        {
          cwd: root,
        },
      );
      git(name, 'config', 'http.receivepack', 'true');
      return `${server.url}/${name}.git`;
    },
    stop: () =>
      new Promise(done => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
  http.on('request', async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (await options.handler?.({ request, response, server })) {
      return;
    }
    const [, password] = Buffer.from(
      request.headers.authorization?.replace('Basic ', '') ?? '',
      'base64',
    )
      .toString()
      .split(':');
    if (password !== token) {
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="git"' })
        .end(`Refused ${request.headers.authorization ?? ''}`);
      return;
    }
    serveGit(root, request, response);
  });
  return server;
}

function serveGit(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', chunk => chunks.push(chunk));
  child.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    for (const line of output.subarray(0, end).toString().split('\r\n')) {
      const [name, value] = line.split(': ');
      if (name === 'Status') {
        response.statusCode = Number.parseInt(value, 10);
      } else {
        response.setHeader(name, value);
      }
    }
    response.end(output.subarray(end + 4));
  });
}
