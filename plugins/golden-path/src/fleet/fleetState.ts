import {
  fleetOrderSchema,
  fleetQuerySchema,
  type FleetQuery,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { Verdict } from '@goldenpath/engine';

/** What the fleet is ordered by. */
export type FleetOrder = NonNullable<FleetQuery['orderBy']>;

/** What narrows the fleet. */
export interface FleetFilter {
  path?: string;
  owner?: string;
  system?: string;
  domain?: string;
  template?: string;
  level?: string;
  /** Only with `path`. */
  check?: string;
  /** Only with `check`. */
  verdict?: Verdict;
  /** Only where something is not known. */
  unknown?: boolean;
  search?: string;
}

/** Everything about the fleet page that its address holds. */
export interface FleetState extends FleetFilter {
  orderBy: FleetOrder;
  order: 'asc' | 'desc';
  groupBy?: 'owner' | 'system';
  /** Keys of the opened groups. */
  open: string[];
}

/** What stands for entities without an owner, without a system or on no level. */
export const NONE = 'none';

const TEXTS = [
  'path',
  'owner',
  'system',
  'domain',
  'template',
  'level',
  'check',
  'search',
] as const;

/** The order in which a column is first looked at: trouble on top. */
const FIRST_ORDER: Record<FleetOrder, 'asc' | 'desc'> = {
  entity: 'asc',
  owner: 'asc',
  level: 'asc',
  score: 'asc',
  failing: 'desc',
  unknown: 'desc',
  observedAt: 'asc',
};

const DEFAULT_ORDER: FleetOrder = 'score';

/** Reads an address. What it does not know is left out, so that an old or mistyped address still shows a list. */
export function readFleetState(search: URLSearchParams): FleetState {
  const filter: FleetFilter = {};
  for (const name of TEXTS) {
    const value = search.get(name)?.trim();
    if (value) {
      filter[name] = value;
    }
  }
  if (!filter.path) {
    delete filter.check;
  }
  if (filter.check) {
    const verdict = fleetQuerySchema.shape.verdict.safeParse(
      search.get('verdict') ?? 'fail',
    );
    filter.verdict = verdict.data ?? 'fail';
  }
  if (search.get('unknown') === 'true') {
    filter.unknown = true;
  }
  const orderBy =
    fleetOrderSchema.safeParse(search.get('orderBy')).data ?? DEFAULT_ORDER;
  const order = search.get('order');
  const groupBy = search.get('groupBy');
  return {
    ...filter,
    orderBy,
    order: order === 'asc' || order === 'desc' ? order : FIRST_ORDER[orderBy],
    groupBy: groupBy === 'owner' || groupBy === 'system' ? groupBy : undefined,
    open: search.getAll('open'),
  };
}

/** Writes an address, without what is so anyway. */
export function writeFleetState(state: Partial<FleetState>): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of TEXTS) {
    const value = state[name];
    if (value && (name !== 'check' || state.path)) {
      search.set(name, value);
    }
  }
  if (search.has('check') && state.verdict && state.verdict !== 'fail') {
    search.set('verdict', state.verdict);
  }
  if (state.unknown) {
    search.set('unknown', 'true');
  }
  const orderBy = state.orderBy ?? DEFAULT_ORDER;
  if (orderBy !== DEFAULT_ORDER) {
    search.set('orderBy', orderBy);
  }
  if (state.order && state.order !== FIRST_ORDER[orderBy]) {
    search.set('order', state.order);
  }
  if (state.groupBy) {
    search.set('groupBy', state.groupBy);
    for (const key of state.open ?? []) {
      search.append('open', key);
    }
  }
  return search;
}

/** What the backend is asked for. */
export function fleetQuery(
  state: FleetState,
): Omit<FleetQuery, 'limit' | 'cursor'> {
  const { open, groupBy, ...query } = state;
  return query;
}

/** Whether anything but the path narrows the list. */
export function isNarrowed(state: FleetState): boolean {
  return (
    state.unknown === true ||
    TEXTS.some(name => name !== 'path' && state[name] !== undefined)
  );
}

/** The order after a column's head was pressed: the same one turns round, another one begins with trouble on top. */
export function nextOrder(
  state: FleetState,
  key: string,
): Pick<FleetState, 'orderBy' | 'order'> {
  const orderBy = fleetOrderSchema.parse(key);
  const turned = state.order === 'asc' ? 'desc' : 'asc';
  return {
    orderBy,
    order: orderBy === state.orderBy ? turned : FIRST_ORDER[orderBy],
  };
}
