/** Rows of the plugin's tables, as both database clients return them; migrations/ says what each column means. */

/** @internal */
export interface EntityRow {
  entity_ref: string;
  etag: string;
  paths_digest: string;
  seen_at: string;
  source_url: string | null;
  title: string | null;
  owner: string | null;
  system: string | null;
  template: string | null;
  time_zone: string | null;
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
  digest: string | null;
  gaps: string | null;
  problem: string | null;
  suspended_until: string | null;
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
  path_digest: string;
  level: string | null;
  level_rank: number;
  next_level: string | null;
  score_raw: number | null;
  score_adjusted: number | null;
  score_low: number | null;
  score_high: number | null;
  coverage: number | null;
  failing: number;
  unknown: number;
  waived: number;
  verdicts: string;
  credits: string | null;
  judged: string;
  waivers: string;
  facts_used: string;
  observed_at: string | null;
  evaluated_at: string;
  judge_at: string;
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
  change: string | null;
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

/** The view `entity_events`: an event once for each of its entities. @internal */
export type EntityEventRow = EventRow & { entity_ref: string };

/** @internal */
export interface EventEntityRow {
  /** A string on PostgreSQL, where it is a bigint. */
  event_row: number | string;
  entity_ref: string;
  at: string;
}

/** @internal */
export interface EventSourceRow {
  entity_ref: string;
  type: string;
  environment: string;
  received_at: string;
}

/** @internal */
export interface DeliveryRow {
  sender: string;
  delivery_id: string;
  received_at: string;
  events: number;
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

/** @internal */
export interface FactDayRow {
  entity_ref: string;
  source: string;
  /** ISO date, UTC. */
  day: string;
  data: Buffer | null;
}

/** @internal */
export interface CircuitRow {
  source: string;
  replica: string;
  state: string;
  reason: string | null;
  opened_at: string | null;
  retry_at: string | null;
  seen_at: string;
}

/** @internal */
export interface HierarchyRow {
  entity_ref: string;
  parent_ref: string;
}

/** @internal */
export interface PathVersionRow {
  name: string;
  digest: string;
  version: string;
  definition: string;
  source: string;
  first_seen_at: string;
}

/** @internal */
export interface CatalogPathRow {
  entity_ref: string;
  entity: string;
}

/** @internal */
export interface WaiverRow {
  id: string;
  entity_ref: string;
  path: string | null;
  check_id: string;
  reason: string;
  owner: string;
  /** ISO date, UTC. */
  expires: string;
  origin: 'file' | 'request';
  status: 'pending' | 'approved' | 'rejected' | 'revoked' | 'withdrawn';
  requested_by: string | null;
  requested_at: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_note: string | null;
  open_key: string | null;
  in_file: 1 | null;
}

/** @internal */
export interface WaiverFileRow {
  entity_ref: string;
  digest: string;
}
