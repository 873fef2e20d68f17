// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('event_entities', table => {
    table.comment(
      'Further entities of events that are about several; the first is in `events`',
    );
    table
      .bigInteger('event_row')
      .notNullable()
      .comment('The `id` of the event');
    table.text('entity_ref').notNullable();
    table.text('at').notNullable().comment('Event time, as in `events`');
    table.primary(['entity_ref', 'at', 'event_row']);
    table.index('event_row', 'event_entities_event_idx');
  });

  await knex.raw(
    `CREATE VIEW entity_events AS
     SELECT entity_ref, at, id, source, event_id, type, environment, received_at, body
     FROM events WHERE entity_ref IS NOT NULL
     UNION ALL
     SELECT further.entity_ref, further.at, further.event_row, source, event_id, type, environment, received_at, body
     FROM event_entities AS further JOIN events ON events.id = further.event_row`,
  );

  await knex.schema.createTable('event_sources', table => {
    table.comment(
      'Which kinds of event ever came for an entity, and when last',
    );
    table.text('entity_ref').notNullable();
    table.text('type').notNullable();
    table
      .text('environment')
      .notNullable()
      .comment('Empty when the events name none');
    table.text('received_at').notNullable().comment('To the minute');
    table.primary(['entity_ref', 'type', 'environment']);
  });
  await knex.raw(
    `INSERT INTO event_sources (entity_ref, type, environment, received_at)
     SELECT entity_ref, type, COALESCE(environment, ''), MAX(received_at) FROM events
     WHERE entity_ref IS NOT NULL GROUP BY 1, 2, 3`,
  );

  await knex.schema.createTable('deliveries', table => {
    table.comment('Messages of webhooks and reports that were taken already');
    table.text('sender').notNullable();
    table.text('delivery_id').notNullable();
    table.text('received_at').notNullable();
    table
      .integer('events')
      .notNullable()
      .comment('How many events the message held');
    table.primary(['sender', 'delivery_id']);
    table.index('received_at', 'deliveries_received_at_idx');
  });

  // For pruning. Events come about in their order, so that the small index does
  const isPostgres = String(knex.client.config.client).includes('pg');
  await knex.raw(
    `CREATE INDEX events_at_idx ON events ${
      isPostgres ? 'USING brin (at)' : '(at)'
    }`,
  );
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX events_at_idx');
  await knex.raw('DROP VIEW entity_events');
  for (const table of ['deliveries', 'event_sources', 'event_entities']) {
    await knex.schema.dropTable(table);
  }
};
