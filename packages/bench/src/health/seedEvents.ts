import { Knex } from 'knex';

const ROWS_AT_ONCE = 500_000;

/** How the events of a log that was filled at once are made. */
export interface Seed {
  /** The first entity, and how many. */
  first: number;
  entities: number;
  /** Events of each, of which ten belong together: see {@link seedEvents}. */
  each: number;
  /** When the newest came about. */
  newest: Date;
}

/** What events reach back: a window of 28 days and what may matter before it. */
const SPAN_SECONDS = 208 * 86_400;

// OFFSET 0 keeps what is computed once from being written into every place that uses it
const MADE = `
  SELECT e, k, role, at, sha, sha2, ref, name, deployment, minutes, failed
  FROM (
    SELECT e, k FROM generate_series(CAST(:from AS int), CAST(:to AS int)) AS k
    CROSS JOIN generate_series(CAST(:first AS int), CAST(:last AS int)) AS e ORDER BY k, e OFFSET 0
  ) AS places
  CROSS JOIN LATERAL (
    SELECT k % 10 AS role, k / 10 AS round,
      CAST(CAST(:newest AS text) AS timestamptz) AT TIME ZONE 'UTC' - make_interval(secs => (CAST(:each AS int) - 1 - k) * CAST(:step AS float8) + e % 977) AS at,
      'service-' || lpad(e::text, 6, '0') AS name
    OFFSET 0
  ) AS a
  CROSS JOIN LATERAL (
    SELECT md5(e || '/' || round) || 'aaaaaaaa' AS sha, md5(e || '/' || round) || 'bbbbbbbb' AS sha2,
      'component:default/' || name AS ref, 'd-' || e || '-' || round AS deployment,
      60 + (round * 7919 + e * 31) % 4320 AS minutes, (round + e) % 7 = 0 AS failed
    OFFSET 0
  ) AS b`;

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const SEED = `
  INSERT INTO events (source, event_id, entity_ref, type, environment, at, received_at, body)
  SELECT '/bench/log', 'log-' || e || '-' || k, ref, type, environment, at_text, at_text,
    json_build_object(
      'context', json_build_object('specversion', '0.5.1', 'id', 'log-' || e || '-' || k, 'source', '/bench/log', 'type', type, 'timestamp', at_text),
      'subject', json_build_object('id', subject, 'source', '/bench/log', 'content', content),
      'customData', json_build_object('goldenPath', custom)
    )::text
  FROM (${MADE}) AS made
  CROSS JOIN LATERAL (
    SELECT to_char(at, ${INSTANT}) AS at_text,
      CASE
        WHEN role = 0 THEN 'change.merged' WHEN role = 1 THEN 'artifact.packaged' WHEN role = 7 THEN 'service.deployed'
        WHEN role = 8 AND failed THEN 'incident.detected' WHEN role = 9 AND failed THEN 'incident.resolved'
        WHEN role = 9 THEN 'pipelinerun.finished' ELSE 'testsuiterun.finished'
      END AS what
    OFFSET 0
  ) AS c
  CROSS JOIN LATERAL (
    SELECT 'dev.cdevents.' || what || '.0.3.0' AS type,
      CASE WHEN what LIKE 'incident.%' OR what IN ('service.deployed', 'testsuiterun.finished') THEN 'production' END AS environment
    OFFSET 0
  ) AS d
  CROSS JOIN LATERAL (
    SELECT
      CASE what
        WHEN 'change.merged' THEN sha WHEN 'artifact.packaged' THEN 'pkg:oci/' || name || '@sha256:' || md5(sha) || md5(sha2)
        WHEN 'service.deployed' THEN name WHEN 'incident.detected' THEN 'i-' || deployment WHEN 'incident.resolved' THEN 'i-' || deployment
        ELSE 'run-' || e || '-' || k
      END AS subject,
      CASE what
        WHEN 'change.merged' THEN json_build_object('repository', json_build_object('id', 'repositories/' || name))
        WHEN 'artifact.packaged' THEN json_build_object('change', json_build_object('id', sha))
        WHEN 'service.deployed' THEN json_build_object('environment', json_build_object('id', 'production'), 'artifactId', 'pkg:oci/' || name || '@sha256:' || md5(sha) || md5(sha2))
        WHEN 'pipelinerun.finished' THEN json_build_object('pipelineName', 'build', 'outcome', 'success')
        WHEN 'testsuiterun.finished' THEN json_build_object('environment', json_build_object('id', 'production'), 'outcome', 'success')
        ELSE json_build_object('environment', json_build_object('id', 'production'), 'service', json_build_object('id', name))
      END AS content,
      CASE what
        WHEN 'change.merged' THEN json_build_object('entityRef', ref, 'sha', sha)
        WHEN 'service.deployed' THEN json_build_object('entityRef', ref, 'deploymentId', deployment, 'sha', sha, 'changes', json_build_array(
          json_build_object('sha', sha, 'committedAt', to_char(at - make_interval(mins => minutes), ${INSTANT})),
          json_build_object('sha', sha2, 'committedAt', to_char(at - make_interval(mins => minutes / 2), ${INSTANT}))))
        WHEN 'incident.detected' THEN json_build_object('entityRef', ref, 'causedBy', json_build_object('deploymentId', deployment))
        ELSE json_build_object('entityRef', ref)
      END AS custom
    OFFSET 0
  ) AS f`;

/**
 * Fills the log of a PostgreSQL with events as they come about: a merge, an artifact, five runs of tests, a deployment of
 * two changes, and after every seventh an incident and its end. Events of all entities lie among each other, as they do
 * in a log that was written over months.
 */
export async function seedEvents(knex: Knex, seed: Seed): Promise<void> {
  const { first, entities, each, newest } = seed;
  const rounds = Math.max(1, Math.floor(ROWS_AT_ONCE / entities));
  for (let from = 0; from < each; from += rounds) {
    await knex.transaction(async transaction => {
      // Compiling such a statement takes longer than running it
      await transaction.raw('SET LOCAL jit = off');
      await transaction.raw(SEED, {
        from,
        to: Math.min(each, from + rounds) - 1,
        first,
        last: first + entities - 1,
        each,
        step: SPAN_SECONDS / each,
        newest: newest.toISOString(),
      });
    });
  }
}

/** What the backend keeps beside the events it takes, made from a log that was filled. */
export async function finishSeed(knex: Knex): Promise<void> {
  await knex.raw(
    `INSERT INTO event_sources (entity_ref, type, environment, received_at)
     SELECT entity_ref, type, COALESCE(environment, ''), MAX(received_at) FROM events GROUP BY 1, 2, 3`,
  );
  await knex.raw('VACUUM ANALYZE events');
  await knex.raw('ANALYZE event_sources');
}

/** Old enough that no deployment is too young to be judged. */
export function newestOf(now: Date): Date {
  return new Date(now.getTime() - 26 * 3_600_000);
}
