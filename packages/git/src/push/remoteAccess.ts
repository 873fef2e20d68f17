import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gitEnvironment, type GitSetting } from '../process/gitEnvironment';
import { GitError } from '../process/GitError';

/** A user name and a password or token. @public */
export type GitCredentials = { username: string; password: string };

/** How a remote is spoken to. */
export type RemoteAccess = {
  /** For people: the address, which never holds a secret. */
  url: string;
  /** Environment of the commands, in which the remote is called `origin`. */
  environment: Record<string, string>;
  /** Takes the secret out of a text. */
  redact(text: string): string;
};

/**
 * Decides how to speak to a remote. The credentials go into the environment of git, for requests to that host only:
 * not to the command line, not into the address, not onto the disk.
 *
 * @throws GitError for an address that is not allowed
 */
export function remoteAccess(options: {
  remoteUrl: string;
  allowFileRemote: boolean;
  credentials?: GitCredentials;
}): RemoteAccess {
  const { credentials } = options;
  const url = checkedUrl(options);
  const settings: GitSetting[] = [
    ['remote.origin.url', url.href],
    // Else a push is packed against files of the base, which are not here
    ['pack.window', '0'],
    [`protocol.${url.protocol.slice(0, -1)}.allow`, 'always'],
  ];
  if (!credentials || url.protocol === 'file:') {
    return {
      url: url.href,
      environment: gitEnvironment({ settings, remote: true }),
      redact: text => text,
    };
  }
  const header = basicHeader(credentials);
  settings.push([
    `http.${url.origin}/.extraHeader`,
    `Authorization: Basic ${header}`,
  ]);
  const { password } = credentials;
  const secrets = [header, password, encodeURIComponent(password)];
  return {
    url: url.href,
    environment: gitEnvironment({ settings, remote: true }),
    redact: text =>
      secrets
        .filter(secret => secret !== '')
        .reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  };
}

function checkedUrl(options: {
  remoteUrl: string;
  allowFileRemote: boolean;
}): URL {
  const { remoteUrl, allowFileRemote } = options;
  const url = parseUrl(remoteUrl);
  if (url.username || url.password) {
    throw new GitError(
      `The address of a remote must not hold a user name or password (${url.host}): give them as credentials`,
    );
  }
  if (url.search || url.hash) {
    throw new GitError(
      `The address of a remote must not hold '?' or '#' (${url.host})`,
    );
  }
  const allowed = ['http:', 'https:', ...(allowFileRemote ? ['file:'] : [])];
  if (!allowed.includes(url.protocol)) {
    throw new GitError(
      `Remotes are reached over http or https, not ${url.protocol}`,
    );
  }
  return url;
}

function parseUrl(text: string): URL {
  if (isAbsolute(text)) {
    return pathToFileURL(text);
  }
  if (!URL.canParse(text)) {
    throw new GitError('The address of the remote is no URL');
  }
  return new URL(text);
}

function basicHeader({ username, password }: GitCredentials): string {
  if (username.includes(':')) {
    throw new GitError("The user name for a remote must not hold ':'");
  }
  return Buffer.from(`${username}:${password}`).toString('base64');
}
