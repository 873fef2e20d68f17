import { digestOf, renderedDigest, SourceFile } from '@goldenpath/engine';
import { Knex } from 'knex';
import { ContentStore, LARGEST_CONTENT } from './ContentStore';

const MOST_REMEMBERED = 50_000;

/** @internal */
export interface RenderingRow {
  digest: string;
  template_ref: string;
  input_digest: string;
  engine: string;
  files: string;
  made_at: string;
}

/** What a template rendered for a service. @internal */
export interface Rendering {
  templateRef: string;
  inputDigest: string;
  engine: string;
  files: readonly SourceFile[];
}

type KeptFile = Pick<SourceFile, 'path' | 'mode'> & { sha256: string };

/** What templates rendered, by `rendered.digest` of the lock: the bases of later updates. @internal */
export class RenderingStore {
  readonly #knex: Knex;
  readonly #contents: ContentStore;
  readonly #kept = new Set<string>();

  constructor(options: { knex: Knex; contents: ContentStore }) {
    this.#knex = options.knex;
    this.#contents = options.contents;
  }

  /** Keeps a rendering for good; nothing is done for one that is known. Those with very large files are not kept. */
  async keep(rendering: Rendering, now: Date): Promise<void> {
    const { files } = rendering;
    const digest = renderedDigest(files);
    if (await this.#isKept(digest)) {
      return;
    }
    if (files.some(file => file.content.length > LARGEST_CONTENT)) {
      return;
    }
    const contents = files.map(({ content }) => ({
      sha256: digestOf(content),
      content,
    }));
    const kept = files.map(
      ({ path, mode }, index): KeptFile => ({
        path,
        mode,
        sha256: contents[index].sha256,
      }),
    );
    const packed = await this.#contents.pack(contents);
    await this.#knex.transaction(async transaction => {
      await this.#contents.write(transaction, packed);
      await transaction<RenderingRow>('renderings')
        .insert({
          digest,
          template_ref: rendering.templateRef,
          input_digest: rendering.inputDigest,
          engine: rendering.engine,
          files: JSON.stringify(kept),
          made_at: now.toISOString(),
        })
        .onConflict('digest')
        .ignore();
    });
    this.#remember(digest);
  }

  /** The files of a rendering; `undefined` for one that was never kept. */
  async read(digest: string): Promise<SourceFile[] | undefined> {
    const row = await this.#knex<RenderingRow>('renderings')
      .where({ digest })
      .first('files');
    if (!row) {
      return undefined;
    }
    const kept: KeptFile[] = JSON.parse(row.files);
    const contents = await this.#contents.read(kept.map(file => file.sha256));
    const files = kept.flatMap(({ path, mode, sha256 }) => {
      const content = contents.get(sha256);
      return content ? [{ path, mode, content }] : [];
    });
    return files.length === kept.length ? files : undefined;
  }

  async #isKept(digest: string): Promise<boolean> {
    if (this.#kept.has(digest)) {
      return true;
    }
    const row = await this.#knex<RenderingRow>('renderings')
      .where({ digest })
      .first('digest');
    if (row) {
      this.#remember(digest);
    }
    return row !== undefined;
  }

  #remember(digest: string): void {
    if (this.#kept.size >= MOST_REMEMBERED) {
      this.#kept.clear();
    }
    this.#kept.add(digest);
  }
}
