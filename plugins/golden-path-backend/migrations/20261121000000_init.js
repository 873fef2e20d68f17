// @ts-check

// Instants are ISO 8601 text in UTC with milliseconds: they sort as text, and read the same on SQLite and PostgreSQL.

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment('Catalog entities the backend has seen');
    table.text('entity_ref').primary();
    table
      .text('etag')
      .notNullable()
      .comment('State of the entity when it was last queued');
    table
      .text('paths_digest')
      .notNullable()
      .comment('Set of paths when it was last queued');
    table.text('seen_at').notNullable();
    table
      .text('source_url')
      .nullable()
      .comment('Where the files are read from');
    table.index('source_url', 'entities_source_url_idx');
    table.index('seen_at', 'entities_seen_at_idx');
  });

  await knex.schema.createTable('facts', table => {
    table.comment('Current facts, one row per entity and source');
    table.text('entity_ref').notNullable();
    table.text('source').notNullable();
    table.text('observed_at').nullable();
    table.text('expires_at').nullable();
    table
      .text('refresh_at')
      .notNullable()
      .comment('When the collector is asked again');
    table.text('etag').nullable();
    table.text('data').nullable();
    table
      .text('problem')
      .nullable()
      .comment('Why the last attempt brought no fact');
    table.primary(['entity_ref', 'source']);
    table.index('refresh_at', 'facts_refresh_at_idx');
  });

  await knex.schema.createTable('snapshots', table => {
    table.comment('What drift needs of the repository as last read');
    table.text('entity_ref').primary();
    table.text('commit').nullable();
    table.text('observed_at').notNullable();
    table.text('files').notNullable().comment('JSON: path to sha256');
    table.text('lock_text').nullable();
    table.text('service_file_text').nullable();
  });

  await knex.schema.createTable('results', table => {
    table.comment('Current scorecards, one row per entity and path');
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

  await knex.schema.createTable('history', table => {
    table.comment('Changes of verdict; a row only when something changed');
    table.bigIncrements('id');
    table.text('entity_ref').notNullable();
    table.text('path').notNullable();
    table.text('path_version').notNullable();
    table.text('level').nullable();
    table.text('score').notNullable();
    table.text('changes').notNullable();
    table.text('at').notNullable();
    table.index(['entity_ref', 'id'], 'history_entity_idx');
  });

  await knex.schema.createTable('drift', table => {
    table.comment('Current drift report of each entity');
    table.text('entity_ref').primary();
    table.text('report').notNullable();
    table.text('observed_at').notNullable();
  });

  await knex.schema.createTable('events', table => {
    table.comment('Delivery events, append-only');
    table.bigIncrements('id');
    table.text('source').notNullable();
    table.text('event_id').notNullable();
    table
      .text('entity_ref')
      .nullable()
      .comment('Null when the event names no entity of the catalog');
    table.text('type').notNullable();
    table.text('environment').nullable();
    table.text('at').notNullable().comment('Event time');
    table.text('received_at').notNullable();
    table.text('body').notNullable();
    table.unique(['source', 'event_id'], { indexName: 'events_source_id_uq' });
    table.index(['entity_ref', 'at', 'id'], 'events_entity_at_idx');
  });

  await knex.schema.createTable('work', table => {
    table.comment(
      'Entities waiting to be evaluated; see src/work/WorkQueue.ts',
    );
    table.text('entity_ref').primary();
    table.text('due_at').notNullable();
    table.text('reasons').notNullable().comment('Comma-separated');
    table
      .integer('version')
      .notNullable()
      .comment('Raised by every enqueue, so that a finishing worker notices');
    table.text('lease_id').nullable();
    table.text('lease_until').nullable();
    table.integer('attempts').notNullable();
    table.text('last_error').nullable();
    table.index('due_at', 'work_due_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of [
    'work',
    'events',
    'drift',
    'history',
    'results',
    'snapshots',
    'facts',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
