// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity_hints', table => {
    table.comment('What delivery events may call an entity; see src/events/');
    table.text('entity_ref').notNullable();
    table.text('kind').notNullable();
    table.text('value').notNullable();
    table.text('detail').nullable().comment('What else has to match');
    table.index(['kind', 'value'], 'entity_hints_value_idx');
    table.index('entity_ref', 'entity_hints_entity_idx');
  });

  await knex.schema.createTable('event_hints', table => {
    table.comment('What events without an entity are looked for by');
    table
      .bigInteger('event_row')
      .notNullable()
      .comment('The `id` of the event');
    table.text('kind').notNullable();
    table.text('value').notNullable();
    table.index(['kind', 'value'], 'event_hints_value_idx');
    table.index('event_row', 'event_hints_event_idx');
  });

  await knex.schema.createTable('drift_templates', table => {
    table.comment('The templates each entity was compared with');
    table.text('entity_ref').notNullable();
    table.text('template_ref').notNullable();
    table
      .text('digest')
      .nullable()
      .comment('Of what was read; null when it could not be');
    table.primary(['entity_ref', 'template_ref']);
    table.index('template_ref', 'drift_templates_template_idx');
  });

  // Every entity counts as changed, so that the next scan fills the tables
  await knex('entities').update({ etag: '' });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of ['drift_templates', 'event_hints', 'entity_hints']) {
    await knex.schema.dropTable(table);
  }
};
