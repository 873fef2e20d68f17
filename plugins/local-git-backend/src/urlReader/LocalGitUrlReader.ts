import {
  ReadTreeResponseFactory,
  ReadUrlResponseFactory,
} from '@backstage/backend-defaults/urlReader';
import {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceReadUrlResponse,
  UrlReaderServiceSearchOptions,
  UrlReaderServiceSearchResponse,
} from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  NotModifiedError,
} from '@backstage/errors';
import picomatch from 'picomatch';
import { archiveCommit } from '../git/archiveCommit';
import { readBlob, streamBlob } from '../git/readBlob';
import {
  existingRepositoryFolder,
  RepositoryFolder,
} from '../git/repositoryFolder';
import { resolveCommit } from '../git/resolveCommit';
import { findEntry, listAllFiles, TreeEntry } from '../git/treeEntries';
import { FileAddress, fileUrl, parseFileAddress } from './fileAddress';

const REGULAR_FILE = /^100/;

/** Where an address leads: the repository on disk and the commit. */
interface Target extends FileAddress {
  folder: RepositoryFolder;
  commit: string;
}

/**
 * Reads the files of served repositories from the disk. The etag of every answer is the sha of the commit.
 *
 * What is not there, from the repository to the path, gives a NotFoundError.
 */
export class LocalGitUrlReader implements UrlReaderService {
  readonly #directory: string | undefined;
  readonly #prefix: URL;
  readonly #treeResponseFactory: ReadTreeResponseFactory;

  constructor(options: {
    /** Folder of the bare repositories; absent when none are served, and then everything is refused. */
    directory: string | undefined;
    /** Where the addresses of all repositories begin, ending in a slash. */
    prefix: URL;
    treeResponseFactory: ReadTreeResponseFactory;
  }) {
    this.#directory = options.directory;
    this.#prefix = options.prefix;
    this.#treeResponseFactory = options.treeResponseFactory;
  }

  async readUrl(
    url: string,
    options?: UrlReaderServiceReadUrlOptions,
  ): Promise<UrlReaderServiceReadUrlResponse> {
    const target = await this.#open(url, options?.etag);
    const entry = await fileAt(target);
    if (!entry) {
      throw new NotFoundError(`There is no file at ${url}`);
    }
    return ReadUrlResponseFactory.fromReadable(
      streamBlob({ ...target.folder, sha: entry.sha }),
      { etag: target.commit },
    );
  }

  async readTree(
    url: string,
    options?: UrlReaderServiceReadTreeOptions,
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const target = await this.#open(url, options?.etag);
    const { folder, commit, path } = target;
    if (path && (await findEntry({ ...folder, ...target }))?.type !== 'tree') {
      throw new NotFoundError(`There is no folder at ${url}`);
    }
    return this.#treeResponseFactory.fromTarArchive({
      stream: archiveCommit({ ...folder, commit }),
      subpath: path,
      etag: commit,
      filter: options?.filter,
      stripFirstDirectory: false,
    });
  }

  async search(
    url: string,
    options?: UrlReaderServiceSearchOptions,
  ): Promise<UrlReaderServiceSearchResponse> {
    const target = await this.#open(url, options?.etag);
    const { folder, commit, rootUrl } = target;
    const entries = await entriesMatching(target);
    return {
      etag: commit,
      files: entries.map(({ path, sha }) => ({
        url: fileUrl({ rootUrl, path }),
        content: () => readBlob({ ...folder, sha }),
      })),
    };
  }

  toString(): string {
    return `localGit{prefix=${this.#prefix}}`;
  }

  async #open(url: string, etag: string | undefined): Promise<Target> {
    const directory = this.#directory;
    if (!directory) {
      throw new NotAllowedError(
        `${url} cannot be read, for localGit.enabled is not set`,
      );
    }
    const address = parseFileAddress({ url, prefix: this.#prefix });
    const { name, ref } = address;
    const folder = await existingRepositoryFolder({ directory, name });
    const commit = await resolveCommit({ ...folder, ref });
    if (!commit) {
      throw new NotFoundError(`There is no ref '${ref}' in '${name}'`);
    }
    if (etag === commit) {
      throw new NotModifiedError(`${url} is still at ${commit}`);
    }
    return { ...address, folder, commit };
  }
}

async function fileAt(target: Target): Promise<TreeEntry | undefined> {
  const { folder, commit, path } = target;
  const entry = path && (await findEntry({ ...folder, commit, path }));
  return entry && isFile(entry) ? entry : undefined;
}

/** The file at the path, or else the files that the path matches as a glob. */
async function entriesMatching(target: Target): Promise<TreeEntry[]> {
  const { folder, commit, path } = target;
  const exact = await fileAt(target);
  if (exact || !picomatch.scan(path).isGlob) {
    return exact ? [exact] : [];
  }
  const matches = picomatch(path);
  const files = await listAllFiles({ ...folder, tree: commit });
  return files.filter(entry => isFile(entry) && matches(entry.path));
}

/** A symbolic link is not: what it holds is a path, and where that leads is not this reader's to follow. */
function isFile(entry: TreeEntry): boolean {
  return REGULAR_FILE.test(entry.mode);
}
