import { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { UpdateDecisions } from '@goldenpath/engine';
import { v7 as uuid } from 'uuid';
import { openKey, UpdateRow } from '../database/UpdateStore';

/** What an update is asked for with. @internal */
export interface UpdateOrder {
  entityRef: string;
  layer: string;
  template: string;
  /** `null` where only the lock is added. */
  from: string | null;
  to: string;
  inputDigest: string;
  planDigest?: string;
  decisions?: UpdateDecisions;
  draft?: boolean;
  conflicts?: number;
  sourceUrl?: string;
  noun?: string;
  rolloutId?: string;
  createdBy: string;
}

/** The branch of an update: the same for the same layer and version. @internal */
export function updateBranch(layer: string, version: string): string {
  // Neither two dots nor one at the end may be in the name of a branch
  const safe = (part: string) =>
    part.replace(/[^A-Za-z0-9._-]|\.(?=\.|$)/g, '-');
  return `golden-path/update-${safe(layer)}-${safe(version)}`;
}

/** A queued update. @internal */
export function newUpdateRow(order: UpdateOrder, now: Date): UpdateRow {
  const at = now.toISOString();
  return {
    id: uuid(),
    entity_ref: order.entityRef,
    layer: order.layer,
    template: order.template,
    from_version: order.from,
    to_version: order.to,
    input_digest: order.inputDigest,
    plan_digest: order.planDigest ?? null,
    decisions: JSON.stringify(order.decisions ?? {}),
    provenance: order.from === null ? 1 : 0,
    state: 'queued',
    draft: order.draft ? 1 : 0,
    conflicts: order.conflicts ?? 0,
    checks: 'unknown',
    branch: updateBranch(order.layer, order.to),
    source_url: order.sourceUrl ?? null,
    host: null,
    host_request_id: null,
    url: null,
    noun: order.noun ?? 'change request',
    problem: null,
    rollout_id: order.rolloutId ?? null,
    created_by: order.createdBy,
    created_at: at,
    updated_at: at,
    merged_at: null,
    due_at: at,
    next_check_at: null,
    attempts: 0,
    lease_id: null,
    lease_until: null,
    open_key: openKey(order),
  };
}

/** A stored update as people see it. @internal */
export function toUpdateRequest(row: UpdateRow): UpdateRequest {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    layer: row.layer,
    template: row.template,
    from: row.from_version,
    to: row.to_version,
    state: row.state,
    draft: row.draft === 1,
    conflicts: row.conflicts,
    checks: row.checks,
    branch: row.branch,
    url: row.url,
    noun: row.noun,
    ...(row.problem !== null && { problem: row.problem }),
    ...(row.rollout_id !== null && { rolloutId: row.rollout_id }),
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** When the commit of an update was made: its own date in whole seconds, so that it is the same commit every time. @internal */
export function commitDate(row: Pick<UpdateRow, 'created_at'>): Date {
  return new Date(Math.floor(Date.parse(row.created_at) / 1000) * 1000);
}

/** Whether a person must look before it is merged. @internal */
export function isDraft(plan: {
  clean: boolean;
  files: readonly { action: string }[];
}): boolean {
  return !plan.clean || plan.files.some(({ action }) => action === 'restore');
}
