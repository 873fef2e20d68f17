// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('path_versions', table => {
    table.comment('Every definition of a golden path that was ever in force');
    table.text('name').notNullable();
    table
      .text('digest')
      .notNullable()
      .comment('Of the definition and the way entities are evaluated');
    table.text('version').notNullable();
    table.text('definition').notNullable().comment('JSON: the path');
    table.text('source').notNullable().comment('Where it was first read from');
    table.text('first_seen_at').notNullable();
    table.primary(['name', 'digest']);
  });

  await knex.schema.createTable('catalog_paths', table => {
    table.comment('Entities of kind GoldenPath as the catalog last gave them');
    table.text('entity_ref').primary();
    table.text('entity').notNullable().comment('JSON');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('catalog_paths');
  await knex.schema.dropTable('path_versions');
};
