import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { describeError } from '../service/describeError';
import { FileLocations } from '../collectors/FileLocations';
import { readTree, Tree } from '../collectors/readTree';
import { sourceLocationOf } from '../collectors/sourceLocation';
import { TreeLimits } from '../collectors/walkFolder';
import { Template, templateFromFiles } from './templateFiles';

/** A template as it is now, or why that is not known. @internal */
export type TemplateReading =
  | { status: 'read'; template: Template }
  | { status: 'unreadable'; reason: string };

const BELIEVED_MS = 60_000;
const MOST_TEMPLATES = 200;

/**
 * Reads templates for drift.
 *
 * @remarks
 * A fleet shares few templates, so a reading is believed for a minute, concurrent askers share one, and after that the
 * tree is only fetched again when its etag is another. What could not be read is remembered as long, so that a forge
 * that is down is not asked once per service.
 * @internal
 */
export class TemplateReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #urlReader: UrlReaderService;
  readonly #fileLocations: FileLocations;
  readonly #limits: TreeLimits;
  readonly #now: () => number;
  readonly #readings = new Map<
    string,
    { until: number; reading: Promise<TemplateReading> }
  >();
  readonly #trees = new Map<string, { where: string; tree: Tree }>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    fileLocations: FileLocations;
    limits: TreeLimits;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#urlReader = options.urlReader;
    this.#fileLocations = options.fileLocations;
    this.#limits = options.limits;
    this.#now = options.now ?? Date.now;
  }

  /** The template entity's folder as it is now. Never throws. */
  async read(entityRef: string): Promise<TemplateReading> {
    const known = this.#readings.get(entityRef);
    if (known && known.until > this.#now()) {
      return known.reading;
    }
    if (this.#readings.size >= MOST_TEMPLATES) {
      this.#readings.clear();
      this.#trees.clear();
    }
    const reading = this.#readNow(entityRef);
    this.#readings.set(entityRef, {
      until: this.#now() + BELIEVED_MS,
      reading,
    });
    return reading;
  }

  async #readNow(entityRef: string): Promise<TemplateReading> {
    try {
      const tree = await this.#tree(entityRef);
      return { status: 'read', template: templateFromFiles(tree.files) };
    } catch (error) {
      return { status: 'unreadable', reason: describeError(error) };
    }
  }

  async #tree(entityRef: string): Promise<Tree> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new Error(`The template ${entityRef} is not in the catalog`);
    }
    const location = sourceLocationOf(entity);
    if (location.type === 'none') {
      throw new Error(location.reason);
    }
    if (
      location.type === 'file' &&
      !(await this.#fileLocations.mayRead(entityRef))
    ) {
      throw new Error(
        `The template ${entityRef} names a folder of the backend's machine, which only templates registered from files there may do`,
      );
    }
    const where = JSON.stringify(location);
    const known = this.#trees.get(entityRef);
    const previous = known?.where === where ? known.tree : undefined;
    const tree =
      (await readTree({
        location,
        urlReader: this.#urlReader,
        limits: this.#limits,
        signal: AbortSignal.timeout(BELIEVED_MS),
        previousEtag: previous?.etag,
      })) ?? previous;
    if (!tree) {
      throw new Error(`The template ${entityRef} could not be read`);
    }
    this.#trees.set(entityRef, { where, tree });
    return tree;
  }
}
