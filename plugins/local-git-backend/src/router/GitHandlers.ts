import { LoggerService } from '@backstage/backend-plugin-api';
import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { Request, Response } from 'express';
import { LocalGitSettings } from '../config';
import { repositoryExists, repositoryFolder } from '../git/repositoryFolder';
import { readBasicPassword } from '../http/basicCredentials';
import { GitHttpRequest, serveGitHttp } from '../http/gitHttpBackend';
import { askForToken, refuseGit } from '../http/refuseGit';
import { PushReceiver } from '../service/PushReceiver';
import { Pusher, PushTokens } from '../service/PushTokens';

const MAX_FETCH_REQUEST_BYTES = 10 * 1024 * 1024;
const SUFFIX = '.git';

/** What the git routes need. */
export interface GitHandlersOptions {
  settings: LocalGitSettings;
  tokens: PushTokens;
  receiver: PushReceiver;
  logger: LoggerService;
}

/** The two services of the smart protocol: fetching is open, pushing takes a token of the repository. */
export class GitHandlers {
  readonly #options: GitHandlersOptions;

  constructor(options: GitHandlersOptions) {
    this.#options = options;
  }

  async fetch(req: Request, res: Response, call: GitHttpRequest['call']) {
    const name = repositoryName(req);
    if (!name || !(await this.#exists(name))) {
      refuseGit(res, 404, 'There is no such repository');
      return;
    }
    await serveGitHttp({
      ...this.#request({ req, res, name, call }),
      service: 'git-upload-pack',
      maxBodyBytes: MAX_FETCH_REQUEST_BYTES,
    });
  }

  async push(req: Request, res: Response, call: GitHttpRequest['call']) {
    const name = repositoryName(req);
    const pusher = name ? await this.#findPusher(req, name) : undefined;
    if (!name || !pusher || !(await this.#exists(name))) {
      askForToken(res);
      return;
    }
    const push = () =>
      serveGitHttp({
        ...this.#request({ req, res, name, call }),
        service: 'git-receive-pack',
        pusher,
        maxBodyBytes: this.#options.settings.maxPushBytes,
      });
    if (call === 'advertise') {
      await push();
    } else {
      const { receiver } = this.#options;
      await receiver.receive({ name, pushedBy: pusher.pushedBy, push });
    }
  }

  #request(request: Pick<GitHttpRequest, 'req' | 'res' | 'name' | 'call'>) {
    const { settings, logger } = this.#options;
    return { ...request, directory: settings.directory, logger };
  }

  async #findPusher(
    req: Request,
    repository: string,
  ): Promise<Pusher | undefined> {
    const token = readBasicPassword(req.headers.authorization);
    const now = new Date();
    return token
      ? this.#options.tokens.findPusher({ repository, token, now })
      : undefined;
  }

  #exists(name: string): Promise<boolean> {
    const { directory } = this.#options.settings;
    return repositoryExists(repositoryFolder({ directory, name }));
  }
}

function repositoryName(req: Request): string | undefined {
  const { folder } = req.params;
  const name = folder.endsWith(SUFFIX) ? folder.slice(0, -SUFFIX.length) : '';
  return repositoryNameSchema.safeParse(name).data;
}
