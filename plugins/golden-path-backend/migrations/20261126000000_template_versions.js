// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('contents', table => {
    table.comment('Contents of files, each once');
    table.text('digest').primary().comment('sha256: and 64 hex digits');
    table.integer('size').notNullable().comment('Bytes before compression');
    table.binary('content').notNullable().comment('gzip');
  });

  await knex.schema.createTable('template_versions', table => {
    table.comment('Every state of a template that was ever seen');
    table.text('template_ref').notNullable();
    table.text('input_digest').notNullable();
    table.text('version').notNullable();
    table.text('commit').nullable();
    table.text('url').notNullable().comment('Folder it was read from');
    table
      .text('origin')
      .notNullable()
      .comment("'catalog', or 'lock' where only a service's lock named it");
    table.text('manifest_text').notNullable();
    table.text('changelog').nullable();
    table
      .text('files')
      .nullable()
      .comment('JSON: folder, path, mode, sha256; null where none are kept');
    table.text('problem').nullable().comment('Why no files are kept');
    table.text('first_seen_at').notNullable();
    table.text('last_seen_at').notNullable();
    table.primary(['template_ref', 'input_digest']);
    table.index(['template_ref', 'version'], 'template_versions_version_idx');
  });

  await knex.schema.createTable('renderings', table => {
    table.comment('What templates rendered for services');
    table.text('digest').primary().comment('rendered.digest of a lock');
    table.text('template_ref').notNullable();
    table.text('input_digest').notNullable();
    table.text('engine').notNullable();
    table.text('files').notNullable().comment('JSON: path, mode, sha256');
    table.text('made_at').notNullable();
  });

  await knex.schema.createTable('plans', table => {
    table.comment('The newest plan of each layer of each service');
    table.text('entity_ref').notNullable();
    table.text('layer_id').notNullable();
    table.text('template_ref').notNullable();
    table
      .text('key')
      .notNullable()
      .comment('Over what it was made from; it holds while that is the same');
    table.binary('plan').notNullable().comment('gzip of JSON');
    table.integer('conflicts').notNullable();
    table.double('migrated').nullable().comment('Share, 0 to 1');
    table.text('made_at').notNullable();
    table.primary(['entity_ref', 'layer_id']);
    table.index('template_ref', 'plans_template_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of [
    'plans',
    'renderings',
    'template_versions',
    'contents',
  ]) {
    await knex.schema.dropTable(table);
  }
};
