import { pathToFileURL } from 'node:url';
import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { describeError } from '../service/describeError';
import { withDeadline } from '../service/withDeadline';
import { FileLocations } from '../collectors/FileLocations';
import { readTree, Tree } from '../collectors/readTree';
import { SourceLocation, sourceLocationOf } from '../collectors/sourceLocation';
import { TreeLimits } from '../collectors/walkFolder';
import { bytesOfTemplate, Template, templateFromFiles } from './templateFiles';

/** A template as it is now, or why that is not known. @internal */
export type TemplateReading =
  | { status: 'read'; template: Template }
  | { status: 'unreadable'; reason: string };

/** Told of every template whose folder is another than when it was read before. Must not throw. @internal */
export type OnTemplateRead = (
  entityRef: string,
  template: Template,
) => Promise<void>;

const BELIEVED_MS = 60_000;
const LONGEST_MS = 60_000;
const MOST_READINGS = 1000;
const MOST_BYTES = 100_000_000;

/** What a template's folder came to at a commit: the template, or what is wrong with it. */
interface Kept {
  where: string;
  etag: string;
  template: Template | Error;
  bytes: number;
}

/**
 * Reads templates for drift.
 *
 * @remarks
 * A fleet shares few templates, so a reading is believed for a minute, concurrent askers share one, and after that the
 * tree is only fetched again when its etag is another. What could not be read is remembered as long, so that a forge
 * that is down is not asked once per service, and one that does not answer is given up after a minute. Templates of up
 * to 100 MB altogether are kept.
 * @internal
 */
export class TemplateReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #urlReader: UrlReaderService;
  readonly #fileLocations: FileLocations;
  readonly #limits: TreeLimits;
  readonly #onRead: OnTemplateRead;
  readonly #now: () => number;
  readonly #readings = new Map<
    string,
    { until: number; reading: Promise<TemplateReading> }
  >();
  /** The one read longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    fileLocations: FileLocations;
    limits: TreeLimits;
    onRead?: OnTemplateRead;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#urlReader = options.urlReader;
    this.#fileLocations = options.fileLocations;
    this.#limits = options.limits;
    this.#onRead = options.onRead ?? (async () => {});
    this.#now = options.now ?? Date.now;
  }

  /** The template entity's folder as it was within the last minute. Never throws. */
  async read(entityRef: string): Promise<TemplateReading> {
    const known = this.#readings.get(entityRef);
    if (known && known.until > this.#now()) {
      return known.reading;
    }
    return this.refresh(entityRef);
  }

  /** As `read`, but as it is now. */
  async refresh(entityRef: string): Promise<TemplateReading> {
    if (this.#readings.size >= MOST_READINGS) {
      this.#readings.clear();
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
      const template = await withDeadline({
        ms: LONGEST_MS,
        message: `The template ${entityRef} was not read within ${
          LONGEST_MS / 1000
        } seconds`,
        run: signal => this.#template(entityRef, signal),
      });
      return { status: 'read', template };
    } catch (error) {
      return { status: 'unreadable', reason: describeError(error) };
    }
  }

  async #template(entityRef: string, signal: AbortSignal): Promise<Template> {
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
    const known = this.#kept.get(entityRef);
    const previous = known?.where === where ? known : undefined;
    const tree = await readTree({
      location,
      urlReader: this.#urlReader,
      limits: this.#limits,
      signal,
      previousEtag: previous?.etag,
    });
    if (!tree && !previous) {
      throw new Error(`The template ${entityRef} could not be read`);
    }
    const template = tree ? templateOf(tree, location) : previous!.template;
    if (tree) {
      this.#keep(entityRef, {
        where,
        etag: tree.etag,
        template,
        bytes: template instanceof Error ? 0 : bytesOfTemplate(template),
      });
    }
    if (template instanceof Error) {
      throw template;
    }
    if (tree) {
      await this.#onRead(entityRef, template);
    }
    return template;
  }

  #keep(entityRef: string, kept: Kept): void {
    this.#kept.delete(entityRef);
    this.#kept.set(entityRef, kept);
    let bytes = [...this.#kept.values()].reduce((sum, k) => sum + k.bytes, 0);
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (bytes <= MOST_BYTES) {
        return;
      }
      this.#kept.delete(oldest);
      bytes -= freed;
    }
  }
}

/** A folder that holds no template is remembered like one that does, so that it is not unpacked again and again. */
function templateOf(
  tree: Tree,
  location: Exclude<SourceLocation, { type: 'none' }>,
): Template | Error {
  const url =
    location.type === 'url'
      ? location.url
      : pathToFileURL(location.directory).href;
  try {
    return templateFromFiles(tree.files, { url, commit: tree.commit });
  } catch (error) {
    return error as Error;
  }
}
