import { Knex } from 'knex';
import { DriftTemplateRow } from './tables';

/** Which templates each entity was last compared with, and in which state. @internal */
export class DriftTemplateStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** Every template that any entity was compared with. */
  async templates(): Promise<string[]> {
    const rows = await this.#knex<DriftTemplateRow>('drift_templates')
      .distinct('template_ref')
      .orderBy('template_ref');
    return rows.map(row => row.template_ref);
  }

  /** Entities compared with another state of a template than this one, and not queued yet. */
  async comparedWithOther(options: {
    templateRef: string;
    digest: string;
  }): Promise<string[]> {
    const rows = await this.#knex<DriftTemplateRow>('drift_templates')
      .where({ template_ref: options.templateRef })
      .where(other =>
        other.whereNull('digest').orWhereNot({ digest: options.digest }),
      )
      .whereNotIn('entity_ref', this.#knex('work').select('entity_ref'))
      .select('entity_ref');
    return rows.map(row => row.entity_ref);
  }
}

/** Replaces what an entity was compared with: digest by template, `null` for one that could not be read. @internal */
export async function replaceDriftTemplates(options: {
  transaction: Knex.Transaction;
  entityRef: string;
  templates: ReadonlyMap<string, string | null>;
}): Promise<void> {
  const { transaction, entityRef, templates } = options;
  await transaction<DriftTemplateRow>('drift_templates')
    .where({ entity_ref: entityRef })
    .delete();
  if (templates.size > 0) {
    await transaction<DriftTemplateRow>('drift_templates').insert(
      [...templates].map(([template, digest]) => ({
        entity_ref: entityRef,
        template_ref: template,
        digest,
      })),
    );
  }
}
