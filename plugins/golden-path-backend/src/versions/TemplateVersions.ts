import { ContentStore } from '../database/ContentStore';
import {
  TemplateVersionHead,
  TemplateVersionStore,
} from '../database/TemplateVersionStore';
import { bytesOfTemplate, Template } from '../drift/templateFiles';
import { ByteCache } from './ByteCache';
import { contentDigests, putTogether, takeApart } from './storedTemplate';

const SEEN_AGAIN_MS = 10 * 60_000;
const MOST_BYTES = 50_000_000;

/** A version of a template that was ever seen. @internal */
export interface RegisteredVersion {
  version: string;
  inputDigest: string;
  commit: string | null;
  url: string;
  /** `lock`: only a service's lock ever named it, so the catalog's template need never have been this. */
  origin: 'catalog' | 'lock';
  /** Why its files are not kept, if so. */
  problem: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
}

/**
 * The versions of templates, kept for good: an update needs what a service was stamped with, long after the template's
 * tag or branch is gone.
 * @internal
 */
export class TemplateVersions {
  readonly #versions: TemplateVersionStore;
  readonly #contents: ContentStore;
  readonly #now: () => Date;
  readonly #read = new ByteCache<Template>({ mostBytes: MOST_BYTES });
  /** What each template was when this process last wrote that it saw it. */
  readonly #seen = new Map<string, { state: string; at: number }>();

  constructor(options: {
    versions: TemplateVersionStore;
    contents: ContentStore;
    now?: () => Date;
  }) {
    this.#versions = options.versions;
    this.#contents = options.contents;
    this.#now = options.now ?? (() => new Date());
  }

  /** Keeps a version; of one that is known, that it was seen again. Nothing is written twice within ten minutes. */
  async register(
    templateRef: string,
    template: Template,
    options: { origin?: 'catalog' | 'lock' } = {},
  ): Promise<void> {
    const { origin = 'catalog' } = options;
    const now = this.#now();
    const state = JSON.stringify([template.digest, template.changelog, origin]);
    const seen = this.#seen.get(templateRef);
    if (seen?.state === state && now.getTime() - seen.at < SEEN_AGAIN_MS) {
      return;
    }
    const { stored, contents } = takeApart(template);
    const at = now.toISOString();
    await this.#versions.write(
      {
        template_ref: templateRef,
        input_digest: template.digest,
        version: template.manifest.version,
        commit: template.commit,
        url: template.url,
        origin,
        ...stored,
        first_seen_at: at,
        last_seen_at: at,
      },
      await this.#contents.pack(contents),
    );
    if (origin === 'catalog') {
      this.#seen.set(templateRef, { state, at: now.getTime() });
    }
  }

  /** Every template of which a version is kept. */
  async templates(): Promise<string[]> {
    return this.#versions.templates();
  }

  /** Templates that were read from under an address. */
  async templatesAt(url: string): Promise<string[]> {
    return this.#versions.templatesAt(url);
  }

  /** Every version of a template, the one first seen last first. */
  async list(templateRef: string): Promise<RegisteredVersion[]> {
    const heads = await this.#versions.list(templateRef);
    return heads.map(entryOf);
  }

  /** A version with its files; `undefined` when it was never seen, or its files are not kept. */
  async read(
    templateRef: string,
    inputDigest: string,
  ): Promise<Template | undefined> {
    const key = `${templateRef} ${inputDigest}`;
    const known = this.#read.get(key);
    if (known) {
      return known;
    }
    const row = await this.#versions.find(templateRef, inputDigest);
    if (!row) {
      return undefined;
    }
    const contents = await this.#contents.read(contentDigests(row));
    const template = putTogether(row, contents);
    if (template) {
      this.#read.set(key, template, bytesOfTemplate(template));
    }
    return template;
  }

  /**
   * The version of that number; of several, the one the catalog had last. `undefined` when there is none, or its files
   * are not kept.
   */
  async byVersion(
    templateRef: string,
    version: string,
  ): Promise<Template | undefined> {
    const [newest] = (await this.list(templateRef))
      .filter(entry => entry.version === version && entry.problem === null)
      .sort(
        (a, b) =>
          Number(b.origin === 'catalog') - Number(a.origin === 'catalog') ||
          (a.lastSeenAt < b.lastSeenAt ? 1 : -1),
      );
    return newest && this.read(templateRef, newest.inputDigest);
  }

  /** Why the files of a version are not kept; `undefined` when they are, or it was never seen. */
  async problem(
    templateRef: string,
    inputDigest: string,
  ): Promise<string | undefined> {
    const row = await this.#versions.find(templateRef, inputDigest);
    return row?.problem ?? undefined;
  }
}

function entryOf(head: TemplateVersionHead): RegisteredVersion {
  return {
    version: head.version,
    inputDigest: head.input_digest,
    commit: head.commit,
    url: head.url,
    origin: head.origin,
    problem: head.problem,
    firstSeenAt: head.first_seen_at,
    lastSeenAt: head.last_seen_at,
  };
}
