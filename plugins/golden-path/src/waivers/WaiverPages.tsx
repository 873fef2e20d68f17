import { useApi } from '@backstage/core-plugin-api';
import type {
  WaiverRecord,
  WaiverStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { usePages } from '../hooks/usePages';
import { LoadMore, Stack, Text } from '../ui';
import { WaiverTable } from './WaiverTable';

const PAGE_SIZE = 50;
const INTERVAL_MS = 15_000;

/** Exceptions of one state or of all, page by page. */
export function useWaiverPages(status: WaiverStatus | undefined) {
  const api = useApi(goldenPathApiRef);
  return usePages<WaiverRecord>({
    key: status ?? 'all',
    interval: INTERVAL_MS,
    loadPage: cursor => api.getWaivers({ status, limit: PAGE_SIZE, cursor }),
  });
}

/** A list of exceptions with what to say while it loads, fails or is empty. */
export function WaiverPages(props: {
  caption: string;
  pages: ReturnType<typeof useWaiverPages>;
  /** Leaves out those that stand in another list of the page. */
  keep?: (waiver: WaiverRecord) => boolean;
  /** How many are left out. */
  leftOut?: number;
  empty: string;
  onDone: (sentence: string) => Promise<void> | void;
}) {
  const { caption, pages, keep = () => true, leftOut = 0 } = props;
  const { data } = pages;
  const waivers = data?.items.filter(keep) ?? [];
  return (
    <Stack>
      <LiveNotice live={pages} what={caption} />
      {data && waivers.length === 0 && !data.nextCursor ? (
        <Text>{props.empty}</Text>
      ) : null}
      {waivers.length > 0 ? (
        <WaiverTable
          caption={caption}
          waivers={waivers}
          onDone={props.onDone}
        />
      ) : null}
      {data && (waivers.length > 0 || data.nextCursor) ? (
        <LoadMore
          shown={waivers.length}
          total={Math.max(data.totalItems - leftOut, waivers.length)}
          what={data.totalItems - leftOut === 1 ? 'exception' : 'exceptions'}
          more={data.nextCursor !== undefined}
          loading={pages.loadingMore}
          onLoadMore={pages.loadMore}
        />
      ) : null}
    </Stack>
  );
}
