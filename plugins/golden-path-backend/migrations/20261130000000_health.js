// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entities', table => {
    table
      .text('time_zone')
      .nullable()
      .comment('IANA name; null for the configured one');
  });

  await knex.schema.createTable('health_reports', table => {
    table.comment(
      'Downstream health as last computed, over the configured window',
    );
    table.text('entity_ref').notNullable();
    table.text('environment').notNullable();
    table.text('computed_at').notNullable();
    table
      .text('response')
      .notNullable()
      .comment('JSON, as GET .../health answers');
    table
      .text('pool')
      .notNullable()
      .comment('JSON: what roll-ups add up, without evidence');
    table
      .text('instrumented')
      .notNullable()
      .comment('JSON: which kinds of event were ever reported');
    table.primary(['entity_ref', 'environment']);
    table.index(['environment', 'entity_ref'], 'health_reports_env_idx');
  });

  await knex.schema.createTable('anomalies', table => {
    table.comment('Observations that their own history does not explain');
    table.text('entity_ref').notNullable();
    table.text('environment').notNullable();
    table.text('anomaly_id').notNullable();
    table.text('metric').notNullable();
    table.text('at').notNullable().comment('When it began');
    table.boolean('worse').notNullable();
    table.text('anomaly').notNullable().comment('JSON');
    table.text('first_seen_at').notNullable();
    table
      .text('ended_at')
      .nullable()
      .comment('When it was no longer found; null while it is');
    table.text('acknowledged_at').nullable();
    table.text('acknowledged_by').nullable();
    table.text('acknowledged_reason').nullable();
    table
      .text('notified_at')
      .nullable()
      .comment('When its group was told of, or was found to need no word');
    table.primary(['entity_ref', 'environment', 'anomaly_id']);
    table.index(['notified_at', 'ended_at'], 'anomalies_notified_idx');
  });

  // Every entity counts as changed, so that the next scan fills the new column
  await knex('entities').update({ etag: '' });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('anomalies');
  await knex.schema.dropTable('health_reports');
  await knex.schema.alterTable('entities', table => {
    table.dropColumn('time_zone');
  });
};
