// @ts-check

/**
 * Rows are rewritten in every pass: where PostgreSQL has a faster compression than its default, that is taken.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string} column
 */
async function compressFast(knex, table, column) {
  if (!String(knex.client.config.client).includes('pg')) {
    return;
  }
  const { rows } = await knex.raw(
    "SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
  );
  if (rows.length > 0) {
    await knex.raw('ALTER TABLE ?? ALTER COLUMN ?? SET COMPRESSION lz4', [
      table,
      column,
    ]);
  }
}

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.dropTable('results');
  await knex.schema.createTable('results', table => {
    table.comment('Current results, one row per entity and path');
    table.text('entity_ref').notNullable();
    table.text('path').notNullable();
    table.text('path_version').notNullable();
    table
      .text('path_digest')
      .notNullable()
      .comment('Definition it was judged by, in path_versions');
    table.text('level').nullable();
    table
      .integer('level_rank')
      .notNullable()
      .comment('Place of the level on the ladder; -1 for none');
    table.text('next_level').nullable();
    table.double('score_raw').nullable();
    table.double('score_adjusted').nullable();
    table.double('score_low').nullable();
    table.double('score_high').nullable();
    table.double('coverage').nullable();
    table.integer('failing').notNullable();
    table.integer('unknown').notNullable();
    table.integer('waived').notNullable();
    table
      .text('verdicts')
      .notNullable()
      .comment('One letter per check in the order of the path');
    table
      .text('credits')
      .nullable()
      .comment(
        'JSON: index of a check to its credit, where that is neither 0 nor 1',
      );
    table
      .text('judged')
      .notNullable()
      .comment('JSON: what each check says; see src/scoring/judgedCodec.ts');
    table.text('waivers').notNullable().comment('JSON: those in force');
    table
      .text('facts_used')
      .notNullable()
      .comment('JSON: source to digest of the content it was judged on');
    table
      .text('observed_at')
      .nullable()
      .comment('Observation of the oldest fact it rests on');
    table.text('evaluated_at').notNullable();
    table
      .text('judge_at')
      .notNullable()
      .comment('When it is to be judged again, though no fact changes');
    table.primary(['entity_ref', 'path']);
    table.index(['path', 'entity_ref'], 'results_path_idx');
    table.index(['judge_at', 'entity_ref'], 'results_judge_at_idx');
  });

  await compressFast(knex, 'results', 'judged');

  await knex.schema.alterTable('facts', table => {
    table.text('digest').nullable().comment('sha256 of `data`');
    table.text('gaps').nullable().comment('JSON: absent part to reason');
    table.text('suspended_until').nullable();
  });

  await knex.schema.alterTable('entities', table => {
    table.text('title').nullable();
    table.text('owner').nullable();
    table.text('system').nullable();
    table.text('template').nullable();
    table.index('owner', 'entities_owner_idx');
    table.index('system', 'entities_system_idx');
  });
  // Every entity counts as changed, so that the next scan fills the tables
  await knex('entities').update({ etag: '' });

  await knex.schema.alterTable('history', table => {
    table.text('change').nullable().comment('JSON: what the change comes from');
  });

  await knex.schema.createTable('fact_days', table => {
    table.comment(
      'The last content of each day on which a fact changed, to replay paths on',
    );
    table.text('entity_ref').notNullable();
    table.text('source').notNullable();
    table.text('day').notNullable();
    table.binary('data').nullable().comment('gzip of JSON; null when absent');
    table.primary(['entity_ref', 'source', 'day']);
    table.index('day', 'fact_days_day_idx');
  });

  await knex.schema.createTable('circuits', table => {
    table.comment('Sources that fail for many entities, as each replica sees');
    table.text('source').notNullable();
    table.text('replica').notNullable();
    table.text('state').notNullable();
    table.text('reason').nullable();
    table.text('opened_at').nullable();
    table.text('retry_at').nullable();
    table.text('seen_at').notNullable();
    table.primary(['source', 'replica']);
  });

  await knex.schema.createTable('hierarchy', table => {
    table.comment('What belongs to what: groups, systems and domains');
    table.text('entity_ref').notNullable();
    table.text('parent_ref').notNullable();
    table.primary(['entity_ref', 'parent_ref']);
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of ['hierarchy', 'circuits', 'fact_days']) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('history', table => table.dropColumn('change'));
  await knex.schema.alterTable('entities', table => {
    table.dropIndex('owner', 'entities_owner_idx');
    table.dropIndex('system', 'entities_system_idx');
    table.dropColumns('title', 'owner', 'system', 'template');
  });
  await knex.schema.alterTable('facts', table =>
    table.dropColumns('digest', 'gaps', 'suspended_until'),
  );
  await knex.schema.dropTable('results');
  await knex.schema.createTable('results', table => {
    table.text('entity_ref').notNullable();
    table.text('path').notNullable();
    table.text('path_version').notNullable();
    table.text('level').nullable();
    table.double('score_raw').nullable();
    table.double('score_adjusted').nullable();
    table.double('score_low').nullable();
    table.double('score_high').nullable();
    table.integer('failing').notNullable();
    table.integer('unknown').notNullable();
    table.text('owner').nullable();
    table.text('scorecard').notNullable();
    table.text('evaluated_at').notNullable();
    table.primary(['entity_ref', 'path']);
    table.index(['path', 'entity_ref'], 'results_path_idx');
  });
};
