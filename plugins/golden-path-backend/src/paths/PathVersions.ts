import { LoggerService } from '@backstage/backend-plugin-api';
import { PathResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { PathVersionRow } from '../database/tables';
import { LoadedPath, loadPath, LoadedPaths } from './loadPaths';
import { presentDigest } from './pathDefinition';
import { PathVersionKey, PathVersionStore } from './PathVersionStore';

/** One state a path was ever in. @internal */
export type PathVersion = PathResponse['versions'][number];

const CACHED_DEFINITIONS = 50;

/** The definitions paths had before, for results that were judged by them. @internal */
export class PathVersions {
  readonly #store: PathVersionStore;
  readonly #logger: LoggerService;
  /** By name and digest, the one asked for last at the end. */
  readonly #cache = new Map<string, LoadedPath | undefined>();
  /** Present digests of stored definitions; what is stored under a digest never changes. */
  readonly #present = new Map<string, string>();

  constructor(options: { store: PathVersionStore; logger: LoggerService }) {
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /** Keeps the definitions in force. */
  async record(paths: LoadedPath[], now: Date): Promise<void> {
    await this.#store.record(paths, now);
  }

  /** The definition with a digest, or `undefined` when it was never in force or can no longer be evaluated. */
  async definition(
    name: string,
    digest: string,
  ): Promise<LoadedPath | undefined> {
    const key = `${name}\n${digest}`;
    if (!this.#cache.has(key)) {
      const row = await this.#store.find(name, digest);
      return row && this.#keep(key, this.#load(row));
    }
    return this.#keep(key, this.#cache.get(key));
  }

  /**
   * The states of a path, newest first. Definitions that differ only in how entities are evaluated are one state, with
   * the digest in force or else the newest.
   */
  async versions(
    name: string,
    current: LoadedPath | undefined,
  ): Promise<PathVersion[]> {
    const states = new Map<string, PathVersion>();
    for (const row of await this.#store.list(name)) {
      const state = this.#presentDigest(row);
      const known = states.get(state);
      const isCurrent = row.digest === current?.digest;
      states.set(state, {
        version: row.version,
        digest: known && !isCurrent ? known.digest : row.digest,
        firstSeenAt: row.first_seen_at,
        current: isCurrent || (known?.current ?? false),
      });
    }
    return [...states.values()].sort((a, b) =>
      b.firstSeenAt.localeCompare(a.firstSeenAt),
    );
  }

  /** Hints on paths whose content changed while their version did not. */
  async hints(paths: LoadedPath[]): Promise<LoadedPaths['problems']> {
    const keys = await this.#store.keys(
      paths.map(({ path }) => path.metadata.name),
    );
    const hints: LoadedPaths['problems'] = [];
    for (const loaded of paths) {
      const { path, digest, source } = loaded;
      const { name } = path.metadata;
      const { version } = path.spec;
      const others = keys.filter(
        key =>
          key.name === name && key.version === version && key.digest !== digest,
      );
      if (await this.#anyOther(loaded, others)) {
        hints.push({
          file: source,
          message: `${source}: the content of ${name} ${version} changed without a new version; raise spec.version, so that scores by one and by the other can be told apart`,
        });
      }
    }
    return hints;
  }

  async #anyOther(
    current: LoadedPath,
    others: PathVersionKey[],
  ): Promise<boolean> {
    for (const { name, digest } of others) {
      let present = this.#present.get(digest);
      if (present === undefined) {
        const row = await this.#store.find(name, digest);
        present = row && this.#presentDigest(row);
      }
      if (present !== undefined && present !== current.digest) {
        return true;
      }
    }
    return false;
  }

  #presentDigest({ digest, definition }: PathVersionRow): string {
    const known = this.#present.get(digest);
    if (known !== undefined) {
      return known;
    }
    const present = presentDigest(definition);
    this.#present.set(digest, present);
    return present;
  }

  #keep(key: string, loaded: LoadedPath | undefined): LoadedPath | undefined {
    this.#cache.delete(key);
    this.#cache.set(key, loaded);
    if (this.#cache.size > CACHED_DEFINITIONS) {
      const [oldest] = this.#cache.keys();
      this.#cache.delete(oldest);
    }
    return loaded;
  }

  #load(row: PathVersionRow): LoadedPath | undefined {
    const { name, digest, version, definition, source } = row;
    try {
      return { ...loadPath({ text: definition, file: source }), digest };
    } catch (error) {
      this.#logger.warn(
        `The earlier definition ${version} of golden path '${name}' can no longer be evaluated`,
        error as Error,
      );
      return undefined;
    }
  }
}
