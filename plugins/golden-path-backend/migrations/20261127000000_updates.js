// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('updates', table => {
    table.comment('Proposed updates of services; see src/updates/');
    table.text('id').primary();
    table.text('entity_ref').notNullable();
    table.text('layer').notNullable();
    table.text('template').notNullable();
    table
      .text('from_version')
      .nullable()
      .comment('null where only the lock is added');
    table.text('to_version').notNullable();
    table
      .text('input_digest')
      .notNullable()
      .comment('Of the template version it updates to');
    table
      .text('plan_digest')
      .nullable()
      .comment('Of the plan it was last made by');
    table.text('decisions').notNullable().comment('JSON: decisions by path');
    table
      .integer('provenance')
      .notNullable()
      .comment('1 where only the lock of what was recovered is added');
    table.text('state').notNullable();
    table.integer('draft').notNullable().comment('1 or 0');
    table.integer('conflicts').notNullable();
    table.text('checks').notNullable();
    table.text('branch').notNullable();
    table.text('source_url').nullable().comment('Address of the files');
    table.text('host').nullable().comment('Id of the change host');
    table.text('host_request_id').nullable();
    table.text('url').nullable().comment('Page of the request');
    table.text('noun').notNullable();
    table.text('problem').nullable();
    table.text('rollout_id').nullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable().comment('Date of the commit');
    table.text('updated_at').notNullable();
    table.text('merged_at').nullable();
    table
      .text('due_at')
      .nullable()
      .comment('When it is worked on; null while there is nothing to do');
    table
      .text('next_check_at')
      .nullable()
      .comment('When its host is asked how it stands');
    table
      .integer('attempts')
      .notNullable()
      .comment('Failures in a row that are worth another try');
    table.text('lease_id').nullable();
    table.text('lease_until').nullable();
    table
      .text('open_key')
      .nullable()
      .comment('Digest of entity, layer and version until merged or closed');
    table.unique(['open_key'], { indexName: 'updates_open_key_uq' });
    table.index(['due_at'], 'updates_due_at_idx');
    table.index(['next_check_at'], 'updates_next_check_at_idx');
    table.index(['entity_ref', 'created_at'], 'updates_entity_idx');
    table.index(['rollout_id'], 'updates_rollout_idx');
  });

  await knex.schema.createTable('rollouts', table => {
    table.comment('Versions on their way to services; see src/rollouts/');
    table.text('id').primary();
    table.text('template').notNullable();
    table.text('version').notNullable();
    table.text('input_digest').notNullable();
    table.text('status').notNullable();
    table.text('reason').nullable().comment('Why it is paused');
    table
      .text('reason_entity')
      .nullable()
      .comment('The service the reason names');
    table.text('waves').notNullable().comment('JSON: names, in order');
    table
      .integer('current_wave')
      .notNullable()
      .comment('Place of the newest wave that was started; -1 for none');
    table.double('advance_at').notNullable();
    table.text('pause_on').notNullable().comment('JSON');
    table
      .text('accepted')
      .notNullable()
      .comment('JSON: causes it was resumed in spite of');
    table.text('idempotency_key').notNullable();
    table.text('created_by').notNullable();
    table.text('created_at').notNullable();
    table.text('updated_at').notNullable();
    table.integer('revision').notNullable().comment('Raised by each change');
    table.unique(['created_by', 'idempotency_key'], {
      indexName: 'rollouts_idempotency_uq',
    });
    table.index(['template', 'created_at'], 'rollouts_template_idx');
    table.index(['status'], 'rollouts_status_idx');
  });

  await knex.schema.createTable('rollout_items', table => {
    table.comment('One row per layer of a service in a roll-out');
    table.text('rollout_id').notNullable();
    table.text('entity_ref').notNullable();
    table.text('layer').notNullable();
    table.text('from_version').notNullable();
    table.integer('wave').notNullable();
    table.text('update_id').nullable().comment('null until its wave starts');
    table
      .text('health')
      .nullable()
      .comment('good, fallen or unknown since the merge; null before');
    table.text('health_cause').nullable();
    table.text('health_at').nullable().comment('When health was worked out');
    table.primary(['rollout_id', 'entity_ref', 'layer']);
    table.index(['update_id'], 'rollout_items_update_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  for (const table of ['rollout_items', 'rollouts', 'updates']) {
    await knex.schema.dropTable(table);
  }
};
