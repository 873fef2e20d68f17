// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('repositories', table => {
    table.comment('Git repositories served by this backend');
    table.string('name', 63).primary().notNullable();
    table.text('description').notNullable();
    table
      .string('owner', 255)
      .nullable()
      .comment('Entity whose members may be given push tokens');
    table
      .string('created_by', 255)
      .notNullable()
      .comment('Entity reference of the user who created it');
    table.dateTime('created_at').notNullable();
    table
      .string('idempotency_key', 200)
      .notNullable()
      .comment('Key of the request that created it, unique per user');
    table.unique(['created_by', 'idempotency_key'], {
      indexName: 'repositories_created_by_idempotency_key_uniq',
    });
  });

  await knex.schema.createTable('push_tokens', table => {
    table.comment('Tokens that may push; only digests are kept');
    table
      .string('digest', 64)
      .primary()
      .notNullable()
      .comment('SHA-256 of the token, in hexadecimal');
    table
      .string('repository', 63)
      .notNullable()
      .references('name')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.string('created_by', 255).notNullable();
    table.dateTime('created_at').notNullable();
    table.dateTime('expires_at').notNullable();
    table.index(['repository'], 'push_tokens_repository_idx');
    table.index(['expires_at'], 'push_tokens_expires_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('push_tokens');
  await knex.schema.dropTable('repositories');
};
