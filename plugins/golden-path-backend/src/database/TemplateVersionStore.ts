import { Knex } from 'knex';
import { ContentStore, PackedContents } from './ContentStore';

/** @internal */
export interface TemplateVersionRow {
  template_ref: string;
  input_digest: string;
  version: string;
  commit: string | null;
  url: string;
  origin: 'catalog' | 'lock';
  manifest_text: string;
  changelog: string | null;
  files: string | null;
  problem: string | null;
  first_seen_at: string;
  last_seen_at: string;
}

/** A version without what it holds. @internal */
export type TemplateVersionHead = Omit<
  TemplateVersionRow,
  'manifest_text' | 'changelog' | 'files'
>;

const HEAD = [
  'template_ref',
  'input_digest',
  'version',
  'commit',
  'url',
  'origin',
  'problem',
  'first_seen_at',
  'last_seen_at',
] as const;

/** Every state of a template that was ever seen, by its input digest. @internal */
export class TemplateVersionStore {
  readonly #knex: Knex;
  readonly #contents: ContentStore;

  constructor(options: { knex: Knex; contents: ContentStore }) {
    this.#knex = options.knex;
    this.#contents = options.contents;
  }

  /** Writes a version with its contents, or, where it is known, that it was seen again. */
  async write(row: TemplateVersionRow, packed: PackedContents): Promise<void> {
    await this.#knex.transaction(async transaction => {
      await this.#contents.write(transaction, packed);
      await transaction<TemplateVersionRow>('template_versions')
        .insert(row)
        .onConflict(['template_ref', 'input_digest'])
        .ignore();
      await transaction<TemplateVersionRow>('template_versions')
        .where({
          template_ref: row.template_ref,
          input_digest: row.input_digest,
        })
        .where('last_seen_at', '<=', row.last_seen_at)
        .update({
          last_seen_at: row.last_seen_at,
          // What only a lock had named is the catalog's once that has it, and never the other way round
          ...(row.origin === 'catalog' && {
            origin: 'catalog',
            changelog: row.changelog,
          }),
          ...(row.files !== null && { files: row.files, problem: null }),
        });
    });
  }

  async find(
    templateRef: string,
    inputDigest: string,
  ): Promise<TemplateVersionRow | undefined> {
    return this.#knex<TemplateVersionRow>('template_versions')
      .where({ template_ref: templateRef, input_digest: inputDigest })
      .first();
  }

  /** All versions of a template, the one first seen last first. */
  async list(templateRef: string): Promise<TemplateVersionHead[]> {
    return this.#knex<TemplateVersionRow>('template_versions')
      .where({ template_ref: templateRef })
      .orderBy([
        { column: 'first_seen_at', order: 'desc' },
        { column: 'input_digest' },
      ])
      .select(...HEAD);
  }

  /** Every template of which a version is kept. */
  async templates(): Promise<string[]> {
    const rows = await this.#knex<TemplateVersionRow>('template_versions')
      .distinct('template_ref')
      .orderBy('template_ref');
    return rows.map(row => row.template_ref);
  }

  /** Templates whose folder lies under an address. */
  async templatesAt(url: string): Promise<string[]> {
    const prefix = url.endsWith('/') ? url : `${url}/`;
    const pattern = prefix.replace(/[\\%_]/g, '\\$&');
    const rows = await this.#knex<TemplateVersionRow>('template_versions')
      .where({ origin: 'catalog' })
      .whereRaw("url LIKE ? ESCAPE '\\'", [`${pattern}%`])
      .distinct('template_ref')
      .orderBy('template_ref');
    return rows.map(row => row.template_ref);
  }
}
