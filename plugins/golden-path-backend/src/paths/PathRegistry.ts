import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { CatalogPathReader } from './CatalogPathReader';
import { CatalogPathStore } from './CatalogPathStore';
import {
  FactSchemas,
  LoadedPath,
  LoadedPaths,
  loadPaths,
  PathFile,
} from './loadPaths';
import { PathVersion, PathVersions } from './PathVersions';
import { PathVersionStore } from './PathVersionStore';
import { readPathFiles } from './readPathFiles';

/** @internal */
export interface PathRegistryOptions {
  /** Files and folders of the configuration. */
  locations: string[];
  logger: LoggerService;
  /** With `auth`: paths are also read from the catalog. */
  catalog?: CatalogService;
  auth?: AuthService;
  /** Without it earlier definitions are forgotten. */
  knex?: Knex;
  /** Shapes of the facts of collectors, to check expressions against. */
  factSchemas?: FactSchemas;
  now?: () => Date;
}

/** The golden paths in force in this process, read from the configured files and the catalog. @internal */
export class PathRegistry {
  readonly #options: PathRegistryOptions;
  readonly #now: () => Date;
  readonly #catalog?: CatalogPathReader;
  readonly #versions?: PathVersions;
  readonly #logged = new Set<string>();
  /** Files and folders that could be read at least once. */
  readonly #read = new Set<string>();
  /** The files as they were when all that was ever read could be. */
  #files: PathFile[] = [];
  #loaded: LoadedPaths = loadPaths([]);
  /** When each definition in force was first seen by this process. */
  #firstSeen = new Map<string, string>();
  #started = 0;
  #finished = 0;

  private constructor(options: PathRegistryOptions) {
    const { catalog, auth, logger, knex } = options;
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#catalog =
      catalog && auth
        ? new CatalogPathReader({
            catalog,
            auth,
            logger,
            store: knex && new CatalogPathStore({ knex }),
          })
        : undefined;
    this.#versions =
      knex &&
      new PathVersions({ store: new PathVersionStore({ knex }), logger });
  }

  /**
   * A registry with the paths of the files and those the catalog gave before the process started. The catalog itself is
   * first asked by `reload`, since it may not be up while plugins initialise.
   */
  static async create(options: PathRegistryOptions): Promise<PathRegistry> {
    const registry = new PathRegistry(options);
    await registry.#load(catalog => catalog.recall());
    return registry;
  }

  /**
   * Reads the files and the catalog again; each problem is logged once, as long as it stays the same. While a file or
   * folder that was read before cannot be, or the catalog cannot be asked, their paths stay as they were: a disk that is
   * away for a moment is no reason to forget the scorecards of a fleet.
   */
  async reload(): Promise<void> {
    await this.#load(catalog => catalog.read());
  }

  current(): LoadedPaths {
    return this.#loaded;
  }

  /** The paths that apply to an entity. */
  covering(entity: Entity): LoadedPath[] {
    return this.#loaded.paths.filter(path => path.covers(entity));
  }

  /**
   * The definition a result was judged by, in force or not. `undefined` when no such definition was ever in force here,
   * or when this version of the software can no longer evaluate it.
   */
  async definition(
    name: string,
    digest: string,
  ): Promise<LoadedPath | undefined> {
    const current = this.#named(name);
    return current?.digest === digest
      ? current
      : this.#versions?.definition(name, digest);
  }

  /** Every state a path was ever in, newest first; none for a name that was never in force. */
  async versions(name: string): Promise<PathVersion[]> {
    const current = this.#named(name);
    if (this.#versions) {
      return this.#versions.versions(name, current);
    }
    return current
      ? [
          {
            version: current.path.spec.version,
            digest: current.digest,
            firstSeenAt: this.#firstSeen.get(current.digest)!,
            current: true,
          },
        ]
      : [];
  }

  #named(name: string): LoadedPath | undefined {
    return this.#loaded.paths.find(({ path }) => path.metadata.name === name);
  }

  /** Of reads that overlap, the one that began last counts. */
  async #load(
    readCatalog: (catalog: CatalogPathReader) => Promise<PathFile[]>,
  ): Promise<void> {
    this.#started += 1;
    const turn = this.#started;
    const { factSchemas } = this.#options;
    const fromCatalog = this.#catalog ? await readCatalog(this.#catalog) : [];
    const files = await this.#readFiles();
    const loaded = loadPaths([...files, ...fromCatalog], { factSchemas });
    const now = this.#now();
    // Before anything is judged by them, so that no result names a definition that is not kept
    await this.#versions?.record(loaded.paths, now);
    const hints = (await this.#versions?.hints(loaded.paths)) ?? [];
    if (turn < this.#finished) {
      return;
    }
    this.#finished = turn;
    this.#loaded = { ...loaded, problems: [...loaded.problems, ...hints] };
    this.#firstSeen = new Map(
      loaded.paths.map(({ digest }) => [
        digest,
        this.#firstSeen.get(digest) ?? now.toISOString(),
      ]),
    );
    this.#logProblems();
  }

  async #readFiles(): Promise<PathFile[]> {
    const { locations } = this.#options;
    const files = await readPathFiles(locations);
    const unreadable = files.filter(isUnreadable);
    const away = new Set(unreadable.map(({ file }) => file));
    const kept = [...away].some(file => this.#read.has(file));
    for (const file of [...locations, ...files.map(f => f.file)]) {
      if (!away.has(file)) {
        this.#read.add(file);
      }
    }
    if (kept) {
      return [
        ...this.#files.filter(file => !isUnreadable(file)),
        ...unreadable,
      ];
    }
    this.#files = files;
    return files;
  }

  #logProblems(): void {
    const messages = this.#loaded.problems.map(problem => problem.message);
    for (const message of messages) {
      if (!this.#logged.has(message)) {
        this.#options.logger.warn(`Golden paths: ${message}`);
      }
    }
    this.#logged.clear();
    for (const message of messages) {
      this.#logged.add(message);
    }
  }
}

function isUnreadable(file: PathFile): boolean {
  return 'problem' in file && file.unreadable === true;
}
