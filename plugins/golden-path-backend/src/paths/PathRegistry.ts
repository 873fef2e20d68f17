import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { LoadedPath, LoadedPaths, loadPaths, PathFile } from './loadPaths';
import { readPathFiles } from './readPathFiles';

/** The golden paths in force in this process, read from the configured files. @internal */
export class PathRegistry {
  readonly #locations: string[];
  readonly #logger: LoggerService;
  readonly #logged = new Set<string>();
  /** Files and folders that could be read at least once. */
  readonly #read = new Set<string>();
  #loaded: LoadedPaths = loadPaths([]);

  private constructor(options: { locations: string[]; logger: LoggerService }) {
    this.#locations = options.locations;
    this.#logger = options.logger;
  }

  static async create(options: {
    locations: string[];
    logger: LoggerService;
  }): Promise<PathRegistry> {
    const registry = new PathRegistry(options);
    await registry.reload();
    return registry;
  }

  /**
   * Reads the files again; each problem is logged once, as long as it stays the same. While a file or folder that was
   * read before cannot be, the paths stay as they were: a disk that is away for a moment is no reason to forget the
   * scorecards of a fleet.
   */
  async reload(): Promise<void> {
    const files = await readPathFiles(this.#locations);
    const { problems, ...loaded } = loadPaths(files);
    const away = new Set(files.filter(isUnreadable).map(({ file }) => file));
    const kept = [...away].some(file => this.#read.has(file));
    this.#loaded = { ...(kept ? this.#loaded : loaded), problems };
    for (const file of [...this.#locations, ...files.map(f => f.file)]) {
      if (!away.has(file)) {
        this.#read.add(file);
      }
    }
    const messages = this.#loaded.problems.map(problem => problem.message);
    for (const message of messages) {
      if (!this.#logged.has(message)) {
        this.#logger.warn(`A golden path is left out. ${message}`);
      }
    }
    this.#logged.clear();
    for (const message of messages) {
      this.#logged.add(message);
    }
  }

  current(): LoadedPaths {
    return this.#loaded;
  }

  /** The paths that apply to an entity. */
  covering(entity: Entity): LoadedPath[] {
    return this.#loaded.paths.filter(path => path.covers(entity));
  }
}

function isUnreadable(file: PathFile): boolean {
  return 'problem' in file && file.unreadable === true;
}
