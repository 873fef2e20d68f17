import { NotFoundError } from '@backstage/errors';
import {
  CommitsResponse,
  FileContentResponse,
  FilesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { DEFAULT_BRANCH } from '../addresses';
import { listBranches } from '../git/listBranches';
import { listCommits } from '../git/listCommits';
import { readBlob } from '../git/readBlob';
import {
  existingRepositoryFolder,
  RepositoryFolder,
} from '../git/repositoryFolder';
import { resolveCommit } from '../git/resolveCommit';
import { findEntry, listFolder, TreeEntry } from '../git/treeEntries';
import { parseTreePath } from '../git/treePath';
import { decodeText } from './decodeText';

const MAX_CONTENT_BYTES = 512 * 1024;
const MAX_COMMITS = 50;

/** What is looked at: a repository, a ref that defaults to the default branch, and a path that defaults to the root. */
export interface BrowseQuery {
  name: string;
  ref?: string;
  path?: string;
}

/** Reads history and files for people. A repository without a commit has empty lists, not errors. */
export class RepositoryBrowser {
  readonly #directory: string;

  constructor(options: { directory: string }) {
    this.#directory = options.directory;
  }

  /** The newest 50 commits of a ref. */
  async commits(query: BrowseQuery): Promise<CommitsResponse> {
    const { folder, commit } = await this.#open(query);
    if (!commit) {
      return { items: [] };
    }
    const limit = MAX_COMMITS;
    return { items: await listCommits({ ...folder, commit, limit }) };
  }

  /** The entries of one folder, folders first. */
  async files(query: BrowseQuery): Promise<FilesResponse> {
    const { folder, commit, ref, path } = await this.#open(query);
    if (!commit && path === '') {
      return { ref, path, items: [] };
    }
    const tree = commit && (await this.#treeAt({ ...folder, commit, path }));
    if (!tree) {
      throw new NotFoundError(`There is no folder '${path}' on '${ref}'`);
    }
    const entries = await listFolder({ ...folder, tree });
    const items = entries.map(entry => toItem(entry, path)).sort(byKindAndName);
    return { ref, path, items };
  }

  /** One file; its text is `null` when it is binary or larger than 512 KiB. */
  async content(query: BrowseQuery): Promise<FileContentResponse> {
    const { folder, commit, ref, path } = await this.#open(query);
    const entry =
      commit && path && (await findEntry({ ...folder, commit, path }));
    if (!entry || entry.type !== 'blob') {
      throw new NotFoundError(`There is no file '${path}' on '${ref}'`);
    }
    const size = entry.size ?? 0;
    if (size > MAX_CONTENT_BYTES) {
      return { ref, path, size, text: null };
    }
    const bytes = await readBlob({ ...folder, sha: entry.sha });
    return { ref, path, size, text: decodeText(bytes) };
  }

  async #open(query: BrowseQuery) {
    const { name, ref = DEFAULT_BRANCH } = query;
    const path = parseTreePath(query.path ?? '');
    const folder = await existingRepositoryFolder({
      directory: this.#directory,
      name,
    });
    const commit = await resolveCommit({ ...folder, ref });
    if (!commit && !(await isUnbornDefault(folder, ref))) {
      throw new NotFoundError(`There is no ref '${ref}' in '${name}'`);
    }
    return { folder, commit, ref, path };
  }

  async #treeAt(
    options: RepositoryFolder & { commit: string; path: string },
  ): Promise<string | undefined> {
    if (options.path === '') {
      return options.commit;
    }
    const entry = await findEntry(options);
    return entry?.type === 'tree' ? entry.sha : undefined;
  }
}

async function isUnbornDefault(
  folder: RepositoryFolder,
  ref: string,
): Promise<boolean> {
  return ref === DEFAULT_BRANCH && (await listBranches(folder)).size === 0;
}

function toItem(
  entry: TreeEntry,
  folder: string,
): FilesResponse['items'][number] {
  return {
    name: entry.path,
    path: folder === '' ? entry.path : `${folder}/${entry.path}`,
    type: typeOf(entry),
    size: entry.size,
  };
}

function typeOf(entry: TreeEntry): FilesResponse['items'][number]['type'] {
  if (entry.type === 'tree') {
    return 'folder';
  }
  if (entry.type === 'commit') {
    return 'submodule';
  }
  return entry.mode === '120000' ? 'symlink' : 'file';
}

function byKindAndName(
  a: FilesResponse['items'][number],
  b: FilesResponse['items'][number],
): number {
  const folders = Number(b.type === 'folder') - Number(a.type === 'folder');
  return folders || (a.name < b.name ? -1 : 1);
}
