// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('drift_layers', table => {
    table.comment('One row per layer of a drift report; see src/adoption/');
    table.text('entity_ref').notNullable();
    table.text('layer_id').notNullable();
    table.text('template_ref').notNullable();
    table.text('version').notNullable().comment('As stamped');
    table.text('input_digest').nullable().comment('As stamped');
    table.integer('up_to_date').notNullable().comment('1 or 0');
    table.integer('drifted').notNullable();
    table
      .integer('conflicts')
      .nullable()
      .comment('null where nothing was merged that both sides changed');
    table
      .double('migrated')
      .nullable()
      .comment('Share of the newest changes the service has');
    table.text('observed_at').notNullable();
    table.primary(['entity_ref', 'layer_id']);
    table.index(['template_ref', 'entity_ref'], 'drift_layers_template_idx');
  });

  await knex.schema.createTable('service_edits', table => {
    table.comment('What services changed in files of a template');
    table.text('entity_ref').notNullable();
    table.text('layer_id').notNullable();
    table.text('template_ref').notNullable();
    table.text('fingerprint').notNullable();
    table.text('path').notNullable();
    table.text('patch').notNullable();
    table.primary(['entity_ref', 'layer_id', 'fingerprint']);
    table.index(['template_ref', 'fingerprint'], 'service_edits_template_idx');
  });

  await knex.schema.createTable('forecasts', table => {
    table.comment('Dry runs of a version of a template over its services');
    table.text('id').primary();
    table.text('template_ref').notNullable();
    table.text('url').nullable().comment("null for the catalog's own version");
    table.text('version').nullable();
    table.text('input_digest').nullable();
    table.text('status').notNullable().comment('running, done or failed');
    table.text('problem').nullable();
    table.text('started_by').notNullable();
    table.text('started_at').notNullable();
    table.text('finished_at').nullable();
    table.text('lease_id').nullable();
    table.text('lease_until').nullable();
    table.index(['template_ref', 'started_at'], 'forecasts_template_idx');
    table.index(['status', 'lease_until'], 'forecasts_status_idx');
  });

  await knex.schema.createTable('forecast_items', table => {
    table.comment('One row per service of a dry run');
    table.text('forecast_id').notNullable();
    table.text('entity_ref').notNullable();
    table.text('layer_id').notNullable();
    table.text('owner').nullable();
    table.text('from_version').notNullable();
    table.text('outcome').nullable().comment('null until it is planned');
    table.text('result').nullable().comment('JSON: files, conflicts, restores');
    table.primary(['forecast_id', 'entity_ref', 'layer_id']);
  });

  await knex.schema.createTable('edit_proposals', table => {
    table.comment('Edits of services that were proposed to their template');
    table.text('template_ref').notNullable();
    table.text('fingerprint').notNullable();
    table.text('branch').notNullable();
    table.text('host').notNullable();
    table.text('url').notNullable().comment('Page of the change request');
    table.text('source_url').notNullable().comment('Address of the template');
    table.text('state').notNullable().comment('open, merged or closed');
    table.text('proposed_by').notNullable();
    table.text('proposed_at').notNullable();
    table.primary(['template_ref', 'fingerprint']);
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of [
    'edit_proposals',
    'forecast_items',
    'forecasts',
    'service_edits',
    'drift_layers',
  ]) {
    await knex.schema.dropTable(table);
  }
};
