import { Knex } from 'knex';

/** What both sides say of one entity over one window. */
export interface DoraNumbers {
  deployments: number;
  /** Median in seconds. */
  leadSeconds: number | null;
  failed: number;
}

// What a collector of such a system would have extracted; making it is not measured
const EXTRACT = [
  `CREATE TABLE peer_deployments AS
   SELECT entity_ref AS scope, body::json #>> '{customData,goldenPath,deploymentId}' AS id, UPPER(environment) AS environment,
     'SUCCESS' AS result, body::json #>> '{customData,goldenPath,sha}' AS sha, at::timestamptz AS finished
   FROM events WHERE type LIKE 'dev.cdevents.service.deployed.%'`,
  `CREATE TABLE peer_changes AS
   SELECT entity_ref AS scope, change ->> 'sha' AS sha, (change ->> 'committedAt')::timestamptz AS committed,
     body::json #>> '{customData,goldenPath,sha}' AS shipped_by
   FROM events, json_array_elements(body::json #> '{customData,goldenPath,changes}') AS change
   WHERE type LIKE 'dev.cdevents.service.deployed.%'`,
  `CREATE TABLE peer_incidents AS
   SELECT entity_ref AS scope, body::json #>> '{subject,id}' AS id,
     MIN(at::timestamptz) FILTER (WHERE type LIKE '%.detected.%') AS created,
     MIN(at::timestamptz) FILTER (WHERE type LIKE '%.resolved.%') AS resolved
   FROM events WHERE type LIKE 'dev.cdevents.incident.%' GROUP BY 1, 2`,
  'CREATE INDEX ON peer_changes (shipped_by)',
  `CREATE TABLE project_deployments (scope text, id text, environment text, sha text, finished timestamptz, previous text)`,
  'CREATE INDEX ON project_deployments (scope, finished)',
  'CREATE INDEX ON project_deployments (sha)',
  'CREATE TABLE project_changes (scope text, sha text, deployment text, lead_seconds float8, finished timestamptz)',
  'CREATE TABLE project_failures (scope text, incident text, deployment text, recovery_seconds float8)',
  'ANALYZE peer_deployments',
  'ANALYZE peer_changes',
  'ANALYZE peer_incidents',
];

/** Of the whole project: delete, and make anew from everything. */
const REBUILD = [
  'DELETE FROM project_deployments',
  `INSERT INTO project_deployments
   SELECT scope, id, environment, sha, finished, LAG(sha) OVER (PARTITION BY scope, environment ORDER BY finished)
   FROM peer_deployments WHERE result = 'SUCCESS'`,
  'DELETE FROM project_changes',
  `INSERT INTO project_changes
   SELECT DISTINCT ON (c.sha) c.scope, c.sha, d.id, EXTRACT(EPOCH FROM d.finished - c.committed), d.finished
   FROM peer_changes c JOIN project_deployments d ON d.sha = c.shipped_by AND d.scope = c.scope
   WHERE d.previous IS NOT NULL AND d.environment = 'PRODUCTION' ORDER BY c.sha, d.finished`,
  'DELETE FROM project_failures',
  `INSERT INTO project_failures
   SELECT i.scope, i.id, d.id, EXTRACT(EPOCH FROM i.resolved - i.created)
   FROM peer_incidents i CROSS JOIN LATERAL (
     SELECT id FROM project_deployments
     WHERE scope = i.scope AND environment = 'PRODUCTION' AND finished < i.created ORDER BY finished DESC LIMIT 1
   ) AS d`,
];

/** Tables of the collected, as the peer has them before it computes. */
export async function extractForPeer(knex: Knex): Promise<void> {
  for (const statement of EXTRACT) {
    await knex.raw(statement);
  }
}

/** Makes everything anew, and asks what a dashboard asks. By scope, so that it can be compared. */
export async function runPeer(
  knex: Knex,
  window: { from: Date; to: Date },
): Promise<Map<string, DoraNumbers>> {
  for (const statement of REBUILD) {
    await knex.raw(statement);
  }
  const bounds = [window.from.toISOString(), window.to.toISOString()];
  const rowsOf = async (sql: string): Promise<Record<string, string>[]> =>
    (await knex.raw(sql, bounds)).rows;
  const deployments = await rowsOf(
    `SELECT scope, COUNT(DISTINCT id) AS n FROM project_deployments
     WHERE environment = 'PRODUCTION' AND finished >= ? AND finished < ? GROUP BY scope`,
  );
  const leads = await rowsOf(
    `SELECT scope, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY lead_seconds) AS median FROM project_changes
     WHERE finished >= ? AND finished < ? GROUP BY scope`,
  );
  const failures = await rowsOf(
    `SELECT d.scope, COUNT(DISTINCT d.id) AS n, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.recovery_seconds) AS median
     FROM project_deployments d JOIN project_failures f ON f.deployment = d.id
     WHERE d.environment = 'PRODUCTION' AND d.finished >= ? AND d.finished < ? GROUP BY d.scope`,
  );
  const found = new Map<string, DoraNumbers>();
  for (const { scope, n } of deployments) {
    found.set(scope, { deployments: Number(n), leadSeconds: null, failed: 0 });
  }
  for (const { scope, median } of leads) {
    found.get(scope)!.leadSeconds = Number(median);
  }
  for (const { scope, n } of failures) {
    found.get(scope)!.failed = Number(n);
  }
  return found;
}
