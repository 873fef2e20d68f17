// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('waivers', table => {
    table.comment('Exceptions from checks; see src/waivers/');
    table.text('id').primary();
    table.text('entity_ref').notNullable();
    table
      .text('path')
      .nullable()
      .comment('Golden path; null for the check of that id on every path');
    table.text('check_id').notNullable();
    table.text('reason').notNullable();
    table.text('owner').notNullable();
    table.text('expires').notNullable().comment('Last day it holds, UTC');
    table.text('origin').notNullable().comment('file or request');
    table
      .text('status')
      .notNullable()
      .comment('As decided; that it expired is read from `expires`');
    table.text('requested_by').nullable();
    table.text('requested_at').notNullable();
    table.text('decided_by').nullable();
    table.text('decided_at').nullable();
    table.text('decision_note').nullable();
    table
      .text('open_key')
      .nullable()
      .comment('Digest of what a request asks for while it is open');
    table
      .integer('in_file')
      .nullable()
      .comment('1 for the waiver that says what the file says now');
    table.unique(['open_key'], { indexName: 'waivers_open_key_uq' });
    table.unique(['entity_ref', 'check_id', 'in_file'], {
      indexName: 'waivers_in_file_uq',
    });
    table.index(['entity_ref', 'status'], 'waivers_entity_idx');
    table.index(['requested_at', 'id'], 'waivers_requested_at_idx');
  });

  await knex.schema.createTable('waiver_files', table => {
    table.comment('What each golden-path.yaml asked for when last followed');
    table.text('entity_ref').primary();
    table.text('digest').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('waiver_files');
  await knex.schema.dropTable('waivers');
};
