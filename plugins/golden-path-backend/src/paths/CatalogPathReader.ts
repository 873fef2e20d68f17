import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { isGoldenPathEntity } from '@goldenpath/backstage-plugin-golden-path-common';
import { CatalogPathStore } from './CatalogPathStore';
import { PathFile } from './loadPaths';

/** Name of the catalog among the problems. */
const CATALOG = 'catalog';
const MAX_PATHS = 500;
const MAX_BYTES = 1_000_000;

type PathEntity = Extract<PathFile, { entity: Entity }>;

/**
 * Reads the golden paths that are catalog entities, in the order of their references. While the catalog cannot be asked
 * they stay as they were, over a restart too when there is a store.
 * @internal
 */
export class CatalogPathReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #store?: CatalogPathStore;
  #known: PathFile[] = [];
  #stored?: string;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    store?: CatalogPathStore;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#store = options.store;
  }

  /** What the catalog said before the process started; does not ask the catalog, which may not be up yet. */
  async recall(): Promise<PathFile[]> {
    const entities = (await this.#store?.list()) ?? [];
    this.#known = entities.map(toPathFile);
    return this.#known;
  }

  async read(): Promise<PathFile[]> {
    let entities: Entity[];
    try {
      entities = await this.#ask();
    } catch (error) {
      const problem = `The catalog could not be asked for golden paths; those it gave before stay. ${
        (error as Error).message
      }`;
      return [...this.#known, { file: CATALOG, problem, unreadable: true }];
    }
    this.#known = entities.slice(0, MAX_PATHS).map(toPathFile);
    if (entities.length > MAX_PATHS) {
      const problem = `The catalog holds ${entities.length} golden paths, and the first ${MAX_PATHS} are read`;
      this.#known.push({ file: CATALOG, problem });
    }
    await this.#remember();
    return this.#known;
  }

  async #ask(): Promise<Entity[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: 'GoldenPath' },
        fields: ['apiVersion', 'kind', 'metadata', 'spec'],
      },
      { credentials },
    );
    for await (const page of pages) {
      entities.push(...page.filter(isGoldenPathEntity));
    }
    return entities
      .map(entity => ({ entity, ref: stringifyEntityRef(entity) }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1))
      .map(({ entity }) => withoutCatalogState(entity));
  }

  async #remember(): Promise<void> {
    const entities = this.#known.flatMap(file =>
      'entity' in file ? [file.entity] : [],
    );
    const state = JSON.stringify(entities);
    if (!this.#store || state === this.#stored) {
      return;
    }
    try {
      await this.#store.replace(entities);
      this.#stored = state;
    } catch (error) {
      this.#logger.warn(
        'The golden paths of the catalog could not be stored, and would be missing after a restart while the catalog is away',
        error as Error,
      );
    }
  }
}

/** The etag changes whenever the catalog processes an entity anew, and what it annotates says nothing of the path. */
function withoutCatalogState({
  apiVersion,
  kind,
  metadata,
  spec,
}: Entity): Entity {
  const { namespace, name, title, description } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { namespace, name, title, description },
    spec,
  };
}

function toPathFile(entity: Entity): PathFile {
  const file = stringifyEntityRef(entity);
  const bytes = Buffer.byteLength(JSON.stringify(entity));
  return bytes > MAX_BYTES
    ? {
        file,
        problem: `${file}: the entity has ${bytes} bytes, and at most ${MAX_BYTES} are read`,
      }
    : ({ file, entity } satisfies PathEntity);
}
