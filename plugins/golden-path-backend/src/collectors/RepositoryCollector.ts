import { createHash } from 'node:crypto';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { HumanDuration } from '@backstage/types';
import {
  FactCollector,
  FactCollectorRequest,
  FactCollectorResult,
} from '@goldenpath/backstage-plugin-golden-path-node';
import {
  describeRepository,
  LOCK_FILE,
  RepositoryFile,
  SERVICE_FILE,
} from '@goldenpath/engine';
import { SnapshotStore } from '../database/SnapshotStore';
import { FileLocations } from './FileLocations';
import { readTree, Tree } from './readTree';
import { SourceLocation, sourceLocationOf } from './sourceLocation';
import { TreeCache } from './TreeCache';
import { TreeLimits } from './walkFolder';

/** Raised when the same tree would give another fact than before, so that an upgrade reads every repository again. */
const FACT_VERSION = 3;

/**
 * Collects `repository`: what the files of the entity's folder say, read once per commit. Keeps beside the fact what
 * drift and waivers need: the digest of every file, the lock and the service file.
 * @internal
 */
export class RepositoryCollector implements FactCollector {
  readonly id = 'repository';
  readonly ttl: HumanDuration;
  readonly #urlReader: UrlReaderService;
  readonly #fileLocations: FileLocations;
  readonly #snapshots: SnapshotStore;
  readonly #limits: TreeLimits;
  readonly #trees: TreeCache | undefined;

  constructor(options: {
    ttl: HumanDuration;
    urlReader: UrlReaderService;
    fileLocations: FileLocations;
    snapshots: SnapshotStore;
    limits: TreeLimits;
    /** Is given every tree that was read. */
    trees?: TreeCache;
  }) {
    this.ttl = options.ttl;
    this.#urlReader = options.urlReader;
    this.#fileLocations = options.fileLocations;
    this.#snapshots = options.snapshots;
    this.#limits = options.limits;
    this.#trees = options.trees;
  }

  async collect(request: FactCollectorRequest): Promise<FactCollectorResult> {
    const entityRef = stringifyEntityRef(request.entity);
    const location = sourceLocationOf(request.entity);
    if (location.type === 'none') {
      return this.#absent(entityRef, location.reason);
    }
    if (
      location.type === 'file' &&
      !(await this.#fileLocations.mayRead(entityRef))
    ) {
      return this.#absent(
        entityRef,
        "The entity names a folder of the backend's machine, which only entities registered from files there may do",
      );
    }
    return this.#read(entityRef, location, request);
  }

  async #read(
    entityRef: string,
    location: Exclude<SourceLocation, { type: 'none' }>,
    request: FactCollectorRequest,
  ): Promise<FactCollectorResult> {
    const now = new Date();
    const prefix = etagPrefix(location, now);
    const { previousEtag, signal } = request;
    try {
      const tree = await readTree({
        location,
        urlReader: this.#urlReader,
        limits: this.#limits,
        signal,
        previousEtag: previousEtag?.startsWith(prefix)
          ? previousEtag.slice(prefix.length)
          : undefined,
      });
      if (!tree) {
        return { status: 'unchanged' };
      }
      // Whoever asked has given up, and a later reading may be stored by now
      signal.throwIfAborted();
      this.#trees?.put(location, tree);
      return await this.#describe(entityRef, tree, { prefix, now });
    } catch (error) {
      if (!signal.aborted && (error as Error).name === 'NotFoundError') {
        await this.#snapshots.remove(entityRef);
      }
      throw error;
    }
  }

  async #describe(
    entityRef: string,
    tree: Tree,
    options: { prefix: string; now: Date },
  ): Promise<FactCollectorResult> {
    const { files, commit } = tree;
    const { prefix, now } = options;
    const data = describeRepository({ files, commit, now });
    await this.#snapshots.write(entityRef, {
      commit,
      observedAt: now.toISOString(),
      digests: new Map(files.map(file => [file.path, file.sha256])),
      lockText: textOf(files, LOCK_FILE),
      serviceFileText: textOf(files, SERVICE_FILE),
    });
    return {
      status: 'collected',
      data: data as unknown as Record<string, never>,
      etag: `${prefix}${tree.etag}`,
    };
  }

  async #absent(
    entityRef: string,
    reason: string,
  ): Promise<FactCollectorResult> {
    await this.#snapshots.remove(entityRef);
    return { status: 'absent', reason };
  }
}

/**
 * What a tree's own etag does not say: two folders of one commit are different trees, and some of what a fact says
 * (an expired waiver, an overdue flag) changes with the day.
 */
function etagPrefix(
  location: { url?: string; directory?: string },
  now: Date,
): string {
  const where = createHash('sha256')
    .update(location.url ?? location.directory ?? '')
    .digest('hex')
    .slice(0, 16);
  return `${FACT_VERSION}:${now.toISOString().slice(0, 10)}:${where}:`;
}

function textOf(files: RepositoryFile[], name: string): string | undefined {
  const content = files.find(file => file.path === name)?.content;
  // PostgreSQL keeps no NUL in a text
  return (
    content && Buffer.from(content).toString('utf8').replaceAll('\0', '\ufffd')
  );
}
