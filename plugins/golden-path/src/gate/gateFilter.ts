import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { GateVerdict } from '@goldenpath/engine';
import { GATE_VERDICTS } from '../format/gateDecision';

/** The windows that the gate is judged over, in days. */
export const GATE_DAYS = [7, 30, 90, 180];

const DEFAULT_DAYS = 90;

/** What the page of the gate looks at, as its address holds it. */
export interface GateFilter {
  verdict?: GateVerdict;
  /** As somebody wrote it: `orders`, `api:default/orders`. */
  entity: string;
  days: number;
}

/** Reads an address; what it does not know is passed over. */
export function readGateFilter(search: URLSearchParams): GateFilter {
  const days = Number(search.get('days'));
  return {
    verdict: GATE_VERDICTS.find(known => known === search.get('verdict')),
    entity: search.get('entity')?.trim() ?? '',
    days: GATE_DAYS.includes(days) ? days : DEFAULT_DAYS,
  };
}

/** Writes an address, without what is so anyway. */
export function writeGateFilter(filter: GateFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.entity) {
    search.set('entity', filter.entity);
  }
  if (filter.verdict) {
    search.set('verdict', filter.verdict);
  }
  if (filter.days !== DEFAULT_DAYS) {
    search.set('days', String(filter.days));
  }
  return search;
}

/** The full reference of what somebody wrote, a component where they named no kind; `undefined` when it is no name. */
export function entityRefOf(text: string): string | undefined {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return /\s/.test(text) ? undefined : stringifyEntityRef(ref);
  } catch {
    return undefined;
  }
}
