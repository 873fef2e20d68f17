import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Request, Response } from 'express';
import { gitEnvironment } from '../git/gitEnvironment';
import type { Pusher } from '../service/PushTokens';
import { ByteLimit } from './ByteLimit';
import { takeCgiHead } from './cgiHead';
import { refuseGit } from './refuseGit';

const MAX_LOGGED_LENGTH = 2000;
const KILL_AFTER_MILLISECONDS = 5_000;
const GIT_PROTOCOL = /^[\w=.:-]{1,200}$/;

/** The two services of the smart protocol. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** One request of the smart HTTP protocol. */
export interface GitHttpRequest {
  req: Request;
  res: Response;
  /** Folder of the bare repositories. */
  directory: string;
  /** Name of the repository, checked. */
  name: string;
  service: GitService;
  /** Whether the client asks what there is (`info/refs`), or calls the service. */
  call: 'advertise' | 'invoke';
  /** Who pushes; without it nothing can be pushed. */
  pusher?: Pusher;
  /** Greatest size of the request body, in bytes. */
  maxBodyBytes: number;
  logger: LoggerService;
}

/**
 * Answers one request with `git http-backend`, over CGI (gitprotocol-http, RFC 3875).
 *
 * Bodies stream in both directions at the pace of the slower side. A body over the limit is answered with 413, and a
 * client that goes away takes the process with it.
 *
 * @returns once the process has ended, so that what it did to the repository can be looked at
 */
export async function serveGitHttp(request: GitHttpRequest): Promise<void> {
  const { req, res, maxBodyBytes, logger } = request;
  if (Number(req.headers['content-length'] ?? 0) > maxBodyBytes) {
    refuseTooLarge(request);
    return;
  }
  const child = spawn('git', ['http-backend'], {
    env: cgiEnvironment(request),
    stdio: 'pipe',
  });
  const ended = whenEnded(child);
  passBody(request, child);
  try {
    await passAnswer(child, res);
  } catch (error) {
    // Among others, the client went away
    if (!res.headersSent) {
      refuseGit(res, 500, 'git could not answer, see the log of the backend');
    }
    stop(child);
    logger.debug(`Answer of git http-backend cut short: ${error}`);
  }
  const { problem } = await ended;
  if (problem) {
    logger.warn(`git http-backend on '${request.name}': ${problem}`);
  }
}

function cgiEnvironment(request: GitHttpRequest): Record<string, string> {
  const { req, directory, name, service, call, pusher } = request;
  const advertise = call === 'advertise';
  const environment = gitEnvironment({
    directory,
    config: [
      ['http.receivepack', String(pusher !== undefined)],
      ['receive.maxInputSize', String(request.maxBodyBytes)],
      // Told of every branch, a client sends no more than the others lack
      ...(pusher?.branchPrefix && !advertise
        ? branchesOnly(pusher.branchPrefix)
        : []),
    ],
  });
  // No CONTENT_LENGTH: told how much is to come, http-backend spins for ever when its input ends before that
  const variables: Record<string, string | undefined> = {
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: advertise ? 'GET' : 'POST',
    PATH_INFO: `/${name}.git/${advertise ? 'info/refs' : service}`,
    QUERY_STRING: advertise ? `service=${service}` : '',
    REMOTE_USER: pusher?.pushedBy,
    REMOTE_ADDR: req.socket.remoteAddress,
    CONTENT_TYPE: req.headers['content-type'],
    HTTP_CONTENT_ENCODING: req.headers['content-encoding'],
    GIT_PROTOCOL: gitProtocol(req),
  };
  for (const [key, value] of Object.entries(variables)) {
    if (value !== undefined && !value.includes('\0')) {
      environment[key] = value;
    }
  }
  return environment;
}

/**
 * Settings under which only branches below a folder such as `golden-path/` can be pushed: git refuses refs that are
 * hidden. Those branches may be rewritten, since what is proposed is amended.
 */
function branchesOnly(prefix: string): [string, string][] {
  return [
    ['receive.hideRefs', 'refs/'],
    ['receive.hideRefs', `!refs/heads/${prefix}`],
    ['receive.denyNonFastForwards', 'false'],
  ];
}

function gitProtocol(req: Request): string | undefined {
  const value = req.get('git-protocol');
  return value && GIT_PROTOCOL.test(value) ? value : undefined;
}

function passBody(
  request: GitHttpRequest,
  child: ChildProcessWithoutNullStreams,
): void {
  const { req, maxBodyBytes } = request;
  const limit = new ByteLimit(maxBodyBytes);
  limit.on('error', () => {
    // The rest is read and dropped: a connection closed under a writing client would lose the answer
    req.unpipe(limit).resume();
    refuseTooLarge(request);
    stop(child);
  });
  // A process that has read enough closes its input early
  child.stdin.on('error', () => req.unpipe(limit).resume());
  req.pipe(limit).pipe(child.stdin);
}

async function passAnswer(
  child: ChildProcessWithoutNullStreams,
  res: Response,
): Promise<void> {
  const { head, rest } = await takeCgiHead(child.stdout);
  if (res.headersSent) {
    child.stdout.resume();
    return;
  }
  res.status(head.status);
  for (const [name, value] of head.headers) {
    res.setHeader(name, value);
  }
  // The head is held back until there is a body: until then a push can still be refused
  if (rest.length > 0) {
    res.write(rest);
  }
  await pipeline(child.stdout, res);
}

function refuseTooLarge({ res, maxBodyBytes }: GitHttpRequest): void {
  if (!res.headersSent) {
    refuseGit(
      res,
      413,
      `More than ${maxBodyBytes} bytes at once are not taken (localGit.maxPushBytes)`,
    );
  }
}

function stop(child: ChildProcessWithoutNullStreams): void {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MILLISECONDS).unref();
  }
}

function whenEnded(
  child: ChildProcessWithoutNullStreams,
): Promise<{ problem?: string }> {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(0, MAX_LOGGED_LENGTH);
  });
  return new Promise(resolve => {
    child.on('error', error => resolve({ problem: error.message }));
    child.on('close', (code, signal) => {
      const failed = code !== 0 && !signal;
      resolve({ problem: failed ? said.trim() || `exit ${code}` : undefined });
    });
  });
}
