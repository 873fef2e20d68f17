/** Rows of the plugin's tables, as both database clients return them; migrations/ says what each column means. */

/** @internal */
export interface EntityRow {
  entity_ref: string;
  etag: string;
  paths_digest: string;
  seen_at: string;
  source_url: string | null;
}

/** @internal */
export interface FactRow {
  entity_ref: string;
  source: string;
  observed_at: string | null;
  expires_at: string | null;
  refresh_at: string;
  etag: string | null;
  data: string | null;
  problem: string | null;
}

/** @internal */
export interface SnapshotRow {
  entity_ref: string;
  commit: string | null;
  observed_at: string;
  files: string;
  lock_text: string | null;
  service_file_text: string | null;
}

/** @internal */
export interface ResultRow {
  entity_ref: string;
  path: string;
  path_version: string;
  level: string | null;
  score_raw: number | null;
  score_adjusted: number | null;
  score_low: number | null;
  score_high: number | null;
  failing: number;
  unknown: number;
  owner: string | null;
  scorecard: string;
  evaluated_at: string;
}

/** @internal */
export interface HistoryRow {
  /** A string on PostgreSQL, where it is a bigint. */
  id: number | string;
  entity_ref: string;
  path: string;
  path_version: string;
  level: string | null;
  score: string;
  changes: string;
  at: string;
}

/** @internal */
export interface DriftRow {
  entity_ref: string;
  report: string;
  observed_at: string;
}

/** @internal */
export interface EventRow {
  /** A string on PostgreSQL, where it is a bigint. */
  id: number | string;
  source: string;
  event_id: string;
  entity_ref: string | null;
  type: string;
  environment: string | null;
  at: string;
  received_at: string;
  body: string;
}

/** @internal */
export interface WorkRow {
  entity_ref: string;
  due_at: string;
  reasons: string;
  version: number;
  lease_id: string | null;
  lease_until: string | null;
  attempts: number;
  last_error: string | null;
}

/** @internal */
export interface EntityHintRow {
  entity_ref: string;
  kind: string;
  value: string;
  detail: string | null;
}

/** @internal */
export interface EventHintRow {
  /** A string on PostgreSQL, where it is a bigint. */
  event_row: number | string;
  kind: string;
  value: string;
}

/** @internal */
export interface DriftTemplateRow {
  entity_ref: string;
  template_ref: string;
  digest: string | null;
}
