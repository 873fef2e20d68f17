// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_requests', table => {
    table.comment('Branches that somebody asks to be merged');
    table
      .string('repository', 63)
      .notNullable()
      .references('name')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.integer('number').notNullable().comment('Counts up per repository');
    table.string('source_branch', 255).notNullable();
    table.string('target_branch', 255).notNullable();
    table.text('title').notNullable();
    table.text('body').notNullable().comment('Markdown');
    table.boolean('draft').notNullable();
    table.string('state', 10).notNullable().comment('open, merged or closed');
    table
      .string('head_commit', 40)
      .notNullable()
      .comment('Commit of the source branch when last looked at');
    table
      .string('target_commit', 40)
      .notNullable()
      .comment('Commit of the target branch when last looked at, unmerged');
    table
      .string('created_by', 255)
      .notNullable()
      .comment('Entity reference of a user, or plugin:<id>');
    table.dateTime('created_at').notNullable();
    table.string('merged_by', 255).nullable();
    table.dateTime('merged_at').nullable();
    table
      .string('merge_commit', 40)
      .nullable()
      .comment('The commit made here; null when a push merged it');
    table.dateTime('closed_at').nullable();
    table.primary(['repository', 'number']);
    table.index(
      ['repository', 'source_branch'],
      'change_requests_repository_source_branch_idx',
    );
  });
  await knex.schema.alterTable('change_requests', table => {
    table.unique(['repository', 'source_branch'], {
      indexName: 'change_requests_one_open_uniq',
      predicate: knex.whereRaw("state = 'open'"),
      useConstraint: false,
    });
  });

  await knex.schema.alterTable('push_tokens', table => {
    table
      .string('branch_prefix', 255)
      .nullable()
      .comment('Only branches that begin with it may be pushed; null for all');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('push_tokens', table => {
    table.dropColumn('branch_prefix');
  });
  await knex.schema.dropTable('change_requests');
};
