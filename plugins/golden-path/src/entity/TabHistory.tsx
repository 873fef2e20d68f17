import { useApi } from '@backstage/core-plugin-api';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { useLiveData } from '../hooks/useLiveData';
import { HistoryList } from '../ui';
import { LiveNotice } from '../components/LiveNotice';

/** How the verdict on the entity changed. */
export function TabHistory(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(goldenPathApiRef);
  const history = useLiveData({
    key: entityRef,
    load: () => api.getHistory(entityRef),
  });
  return (
    <>
      <LiveNotice live={history} what="The history" />
      {history.data ? <HistoryList items={history.data.items} /> : null}
    </>
  );
}
