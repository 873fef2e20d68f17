// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('gate_decisions', table => {
    table.comment('What the gate said about deployments; see src/gate/');
    table.text('id').primary();
    table.text('entity_ref').notNullable();
    table.text('environment').notNullable();
    table.text('at').notNullable();
    table.text('sha').nullable().comment('Commit the gate was asked about');
    table
      .text('request_key')
      .notNullable()
      .comment('Digest of who asked and what, to know the same question again');
    table.text('verdict').notNullable();
    table
      .boolean('proceed')
      .notNullable()
      .comment('As the gate itself decided, whatever an override says');
    table.text('exemption').nullable();
    table
      .text('decision')
      .notNullable()
      .comment('JSON, without override and outcome');
    table.text('facts').notNullable().comment('JSON: what it was decided from');
    table
      .text('override_from')
      .nullable()
      .comment('The decision whose override covers this one');
    table.text('override_by').nullable();
    table.text('override_reason').nullable();
    table.text('override_at').nullable();
    table.text('override_expires_at').nullable();
    table.text('outcome').nullable().comment('JSON; null until first judged');
    table
      .text('judge_at')
      .nullable()
      .comment('When its outcome is looked for; null once that is final');
    table.index(['at', 'id'], 'gate_decisions_at_idx');
    table.index(
      ['entity_ref', 'environment', 'at'],
      'gate_decisions_entity_idx',
    );
    table.index(['request_key', 'at'], 'gate_decisions_request_idx');
    table.index(['judge_at'], 'gate_decisions_judge_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @returns {Promise<void>}
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gate_decisions');
};
