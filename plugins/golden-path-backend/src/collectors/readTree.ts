import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { RepositoryFile } from '@goldenpath/engine';
import { excessOf, isDescribed, TreeLimits, walkFolder } from './walkFolder';

/** The files of a folder, and the commit they are of where that is known. @internal */
export interface Tree {
  files: RepositoryFile[];
  commit: string | null;
  etag: string;
}

/** @internal */
export interface ReadTreeOptions {
  location: { type: 'url'; url: string } | { type: 'file'; directory: string };
  urlReader: UrlReaderService;
  limits: TreeLimits;
  signal: AbortSignal;
  /** The `etag` of the tree the caller has. */
  previousEtag?: string;
}

/**
 * Reads every file of a folder, once per commit. Returns `undefined` when it is as `previousEtag` says it was.
 *
 * @remarks
 * A tree behind a URL is unpacked into a temporary folder, since that is the one way to learn the files' modes, and
 * removed again. Throws the URL reader's error, such as a `NotFoundError`.
 * @internal
 */
export async function readTree(
  options: ReadTreeOptions,
): Promise<Tree | undefined> {
  return options.location.type === 'url'
    ? readUrl(options.location.url, options)
    : readFolder(options.location.directory, options);
}

async function readUrl(
  url: string,
  options: ReadTreeOptions,
): Promise<Tree | undefined> {
  const { urlReader, limits, signal, previousEtag } = options;
  let files = 0;
  let bytes = 0;
  let excess: string | undefined;
  const target = await fs.mkdtemp(path.join(os.tmpdir(), 'golden-path-'));
  try {
    const response = await urlReader.readTree(url, {
      etag: previousEtag,
      signal,
      filter(file, info) {
        if (!isDescribed(file) || excess) {
          return false;
        }
        files += file.endsWith('/') ? 0 : 1;
        bytes += info?.size ?? 0;
        // Not thrown here: the reader of zip archives would wait for ever
        excess = excessOf(files, bytes, limits);
        return excess === undefined;
      },
    });
    const root = await response.dir({ targetDir: target });
    if (excess) {
      throw new Error(excess);
    }
    return {
      files: await walkFolder({ root, limits, signal }),
      commit: commitOf(response.etag),
      etag: response.etag,
    };
  } catch (error) {
    if ((error as Error).name === 'NotModifiedError') {
      return undefined;
    }
    throw error;
  } finally {
    await fs.rm(target, { recursive: true, force: true });
  }
}

async function readFolder(
  directory: string,
  options: ReadTreeOptions,
): Promise<Tree | undefined> {
  const { limits, signal, previousEtag } = options;
  const files = await walkFolder({ root: directory, limits, signal });
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file.mode} ${file.sha256} ${file.path}\n`);
  }
  const etag = hash.digest('hex').slice(0, 32);
  return etag === previousEtag ? undefined : { files, commit: null, etag };
}

/** A URL reader's etag is the commit on most forges, and something else on plain storage. */
function commitOf(etag: string): string | null {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(etag) ? etag : null;
}
