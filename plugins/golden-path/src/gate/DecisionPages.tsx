import type { ReactNode } from 'react';
import { LiveNotice } from '../components/LiveNotice';
import { LoadMore, Stack } from '../ui';
import { DecisionTable } from './DecisionTable';
import type { Decisions } from './useDecisions';

/** A list of decisions with what to say while it loads, fails or is empty. */
export function DecisionPages(props: {
  caption: string;
  decisions: Decisions;
  empty: ReactNode;
  withEntity?: boolean;
  openId?: string;
  onChanged?: () => Promise<void>;
}) {
  const { caption, decisions, empty, withEntity, openId, onChanged } = props;
  const { data } = decisions;
  return (
    <Stack>
      <LiveNotice live={decisions} what="The list of decisions" />
      {data?.items.length === 0 ? empty : null}
      {data && data.items.length > 0 ? (
        <>
          <DecisionTable
            caption={caption}
            decisions={data.items}
            withEntity={withEntity}
            openId={openId}
            onChanged={onChanged ?? decisions.reload}
          />
          <LoadMore
            shown={data.items.length}
            what={data.items.length === 1 ? 'decision' : 'decisions'}
            more={data.nextCursor !== undefined}
            loading={decisions.loadingMore}
            onLoadMore={decisions.loadMore}
          />
        </>
      ) : null}
    </Stack>
  );
}
