import { LiveNotice } from '../components/LiveNotice';
import { LoadMore, Notice, SafeLink, Stack, Text } from '../ui';
import { FleetState, isNarrowed, nextOrder } from './fleetState';
import { FleetTable } from './FleetTable';
import type { useFleetRows } from './useFleetRows';
import type { FleetChange } from './useFleetState';

function Nothing(props: { narrowed: boolean; clearHref: string }) {
  return props.narrowed ? (
    <Notice tone="neutral" title="No entity matches these filters.">
      <Text>
        Change one of them, or{' '}
        <SafeLink to={props.clearHref}>clear the filters</SafeLink>.
      </Text>
    </Notice>
  ) : (
    <Notice tone="neutral" title="No entity is scored yet.">
      <Text>
        New entities appear within a minute of their registration in the catalog
        when a golden path applies to them. If none does, look at whom the path
        applies to, on its page.
      </Text>
    </Notice>
  );
}

/** A list of entities with what to say while it loads, fails or is empty. */
export function FleetRows(props: {
  caption: string;
  state: FleetState;
  rows: ReturnType<typeof useFleetRows>;
  manyPaths: boolean;
  change: FleetChange;
  clearHref: string;
}) {
  const { caption, state, rows, manyPaths, change, clearHref } = props;
  const { shown, busy } = rows;
  return (
    <Stack>
      {busy ? null : <LiveNotice live={rows} what="The list of entities" />}
      {shown?.items.length === 0 && !busy ? (
        <Nothing narrowed={isNarrowed(state)} clearHref={clearHref} />
      ) : null}
      {shown && shown.items.length > 0 ? (
        <>
          <FleetTable
            caption={caption}
            rows={shown.items}
            manyPaths={manyPaths}
            withCheck={state.check !== undefined}
            busy={busy}
            sort={{
              by: state.orderBy,
              order: state.order,
              onSort: key => change(nextOrder(state, key)),
            }}
          />
          <LoadMore
            shown={shown.items.length}
            total={shown.totalItems}
            what={shown.totalItems === 1 ? 'entity' : 'entities'}
            more={shown.nextCursor !== undefined && !busy}
            loading={rows.loadingMore}
            onLoadMore={rows.loadMore}
          />
        </>
      ) : null}
    </Stack>
  );
}
