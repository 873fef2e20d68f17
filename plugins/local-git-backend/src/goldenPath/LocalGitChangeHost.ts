import type {
  ChangeRequest,
  PutChangeRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type {
  ChangeHost,
  ChangeRepository,
  ChangeRequestOptions,
  ChangeRequestState,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { posix } from 'node:path';
import { DEFAULT_BRANCH } from '../addresses';
import { parseFileAddress } from '../urlReader/fileAddress';
import { LocalGitClient } from './LocalGitClient';

const COMMIT = /^[0-9a-f]{7,40}$/;

/** Where the files of an address are, as far as proposing a change to them goes. */
interface Place {
  name: string;
  baseBranch: string;
  folder: string;
}

/** Proposes changes to served repositories, as change requests of this plugin. */
export class LocalGitChangeHost implements ChangeHost {
  readonly id = 'local-git';
  readonly noun = 'change request';
  readonly #client: LocalGitClient;
  readonly #prefix: URL;
  readonly #appUrl: string;

  /**
   * @param options.prefix - where the addresses of all repositories begin, ending in a slash
   * @param options.appUrl - address of the app, no trailing slash
   */
  constructor(options: {
    client: LocalGitClient;
    prefix: URL;
    appUrl: string;
  }) {
    this.#client = options.client;
    this.#prefix = options.prefix;
    this.#appUrl = options.appUrl;
  }

  knows(url: string): boolean {
    try {
      const { origin, pathname } = new URL(url);
      if (
        origin !== this.#prefix.origin ||
        !pathname.startsWith(this.#prefix.pathname)
      ) {
        return false;
      }
      this.#placeOf(url);
      return true;
    } catch {
      return false;
    }
  }

  async repository(options: {
    url: string;
    signal: AbortSignal;
  }): Promise<ChangeRepository> {
    const { name, baseBranch, folder } = this.#placeOf(options.url);
    const { signal } = options;
    const { token } = await this.#client.createToken({ name, signal });
    return {
      // The address of this backend for itself: what passes a proxy is refused
      remoteUrl: await this.#client.remoteUrl(name),
      credentials: { username: 'golden-path', password: token },
      baseBranch,
      folder,
      webUrl: `${this.#appUrl}/golden-paths/repositories/${name}`,
    };
  }

  async open(
    options: ChangeRequestOptions &
      Required<Pick<PutChangeRequest, 'title' | 'body' | 'draft'>>,
  ): Promise<ChangeRequestState> {
    const { url, branch, title, body, draft, signal } = options;
    const { name, baseBranch } = this.#placeOf(url);
    const request = await this.#client.putRequest({
      name,
      body: {
        sourceBranch: branch,
        targetBranch: baseBranch,
        title,
        body,
        draft,
      },
      signal,
    });
    return toState(request);
  }

  async state(
    options: ChangeRequestOptions,
  ): Promise<ChangeRequestState | undefined> {
    const { url, branch, signal } = options;
    const { name } = this.#placeOf(url);
    const items = await this.#client.listRequests({ name, branch, signal });
    return items.length > 0 ? toState(items[0]) : undefined;
  }

  #placeOf(url: string): Place {
    const { name, ref, path } = parseFileAddress({ url, prefix: this.#prefix });
    const { pathname } = new URL(url);
    const view = pathname.slice(this.#prefix.pathname.length).split('/')[1];
    const isFile = view === 'blob' && !pathname.endsWith('/');
    const folder = isFile ? posix.dirname(path) : path;
    return {
      name,
      baseBranch: ref === 'HEAD' || COMMIT.test(ref) ? DEFAULT_BRANCH : ref,
      folder: folder === '.' ? '' : folder,
    };
  }
}

function toState(request: ChangeRequest): ChangeRequestState {
  const { number, url, state, draft } = request;
  return { id: String(number), url, state, draft, checks: 'unknown' };
}
