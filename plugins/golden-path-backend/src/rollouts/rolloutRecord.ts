import {
  createRolloutSchema,
  Rollout,
  RolloutItem,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { RolloutEntry, RolloutRow } from '../database/RolloutStore';
import { toUpdateRequest } from '../updates/updateRecord';
import { isUnderWay, StepItem, StepRollout } from './nextStep';

const HIDDEN_WAVE = 'Services you may not see';
const HIDDEN_REASON = 'Something went wrong in a service you may not see';
const OVER: ReadonlySet<string> = new Set(['done', 'cancelled']);

/** A stored roll-out as the decision takes it. @internal */
export function stepRollout(row: RolloutRow): StepRollout {
  return {
    status: row.status,
    waves: waveNames(row),
    currentWave: row.current_wave,
    advanceAt: row.advance_at,
    pauseOn: pauseOn(row),
    accepted: JSON.parse(row.accepted),
  };
}

/** @internal */
export function stepItems(entries: RolloutEntry[]): StepItem[] {
  return entries.map(entry => ({
    entityRef: entry.entity_ref,
    layer: entry.layer,
    wave: entry.wave,
    state: stateOf(entry),
    checks: entry.update?.checks ?? 'unknown',
    url: entry.update?.url ?? null,
    health: entry.health,
    healthCause: entry.health_cause,
  }));
}

/** A stored roll-out as somebody sees it who may see these of its services. @internal */
export function toRollout(row: RolloutRow, visible: RolloutEntry[]): Rollout {
  const isHidden =
    row.reason_entity !== null &&
    !visible.some(({ entity_ref }) => entity_ref === row.reason_entity);
  return {
    id: row.id,
    template: row.template,
    version: row.version,
    status: row.status,
    ...(row.reason !== null && {
      reason: isHidden ? HIDDEN_REASON : row.reason,
    }),
    waves: waveNames(row).map((name, index) =>
      toWave(row, name, index, visible),
    ),
    advanceAt: row.advance_at,
    pauseOn: pauseOn(row),
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    items: visible.map(entry => ({
      entityRef: entry.entity_ref,
      layer: entry.layer,
      wave: entry.wave,
      state: stateOf(entry),
      ...(entry.update && { update: toUpdateRequest(entry.update) }),
    })),
  };
}

function toWave(
  row: RolloutRow,
  name: string,
  index: number,
  entries: RolloutEntry[],
): Rollout['waves'][number] {
  const own = entries.filter(({ wave }) => wave === index);
  const states = own.map(stateOf);
  const count = (state: RolloutItem['state']) =>
    states.filter(one => one === state).length;
  const underWay = states.some(state => isUnderWay({ state }));
  const started = index <= row.current_wave;
  let status: Rollout['waves'][number]['status'] = 'waiting';
  if (started) {
    status = underWay && !OVER.has(row.status) ? 'running' : 'done';
  }
  return {
    name: own.length > 0 ? name : HIDDEN_WAVE,
    services: own.length,
    merged: count('merged'),
    open: count('open'),
    failed: count('failed'),
    unknownHealth: own.filter(
      entry =>
        stateOf(entry) === 'merged' &&
        (entry.health ?? 'unknown') === 'unknown',
    ).length,
    status,
  };
}

function stateOf({ update }: RolloutEntry): RolloutItem['state'] {
  return update?.state ?? 'waiting';
}

function waveNames(row: RolloutRow): string[] {
  return JSON.parse(row.waves);
}

function pauseOn(row: RolloutRow): Rollout['pauseOn'] {
  return createRolloutSchema.shape.pauseOn.parse(JSON.parse(row.pause_on));
}
