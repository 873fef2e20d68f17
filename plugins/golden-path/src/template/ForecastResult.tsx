import { useApi } from '@backstage/core-plugin-api';
import type { Forecast } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { countText } from '../format/count';
import {
  Code,
  ForecastCounts,
  ForecastProgress,
  ForecastWorst,
  Heading,
  Notice,
  RelativeTime,
  SafeLink,
  Stack,
  Text,
} from '../ui';
import { ForecastServices } from './ForecastServices';
import { FORECAST_SERVICES_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';
import { usePacedData } from './usePacedData';

const RUNNING_MS = 3_000;

function Origin(props: { forecast: Forecast }) {
  const { url, version, startedAt, finishedAt, total } = props.forecast;
  return (
    <Text>
      Version <Code>{version ?? 'not read yet'}</Code>{' '}
      {url ? (
        <>
          from <SafeLink to={url}>{url}</SafeLink>
        </>
      ) : (
        'from the catalog'
      )}
      , {countText(total, 'service')},{' '}
      {finishedAt ? (
        <>
          finished <RelativeTime at={finishedAt} />.
        </>
      ) : (
        <>
          started <RelativeTime at={startedAt} />.
        </>
      )}
    </Text>
  );
}

function Result(props: { forecast: Forecast; address: Address }) {
  const { forecast, address } = props;
  const { status, counts, done, total, worst, problem } = forecast;
  const narrowed = (outcome: string, file: string) =>
    address.href(
      { forecast: forecast.id, outcome, file },
      FORECAST_SERVICES_ANCHOR,
    );
  return (
    <Stack gap={2}>
      <Origin forecast={forecast} />
      {status === 'running' ? (
        <ForecastProgress done={done} total={total} />
      ) : null}
      {status === 'failed' ? (
        <Notice tone="bad" title="The version could not be tried.">
          {problem ? <Text subtle>{problem}</Text> : null}
          <Text>
            Check that the address is right and that Backstage may read it, and
            start another dry run.
          </Text>
        </Notice>
      ) : null}
      {status === 'done' && total === 0 ? (
        <Text>No service has this template: there was nothing to try.</Text>
      ) : null}
      <ForecastCounts
        counts={counts}
        hrefOf={outcome => narrowed(outcome, '')}
      />
      {worst.length > 0 ? (
        <ForecastWorst
          worst={worst}
          hrefOf={path => narrowed('conflict', path)}
        />
      ) : null}
      {forecast.items.length > 0 ? (
        <ForecastServices items={forecast.items} address={address} />
      ) : null}
    </Stack>
  );
}

/** One dry run: how far it is, or what it came to. */
export function ForecastResult(props: { id: string; address: Address }) {
  const { id, address } = props;
  const api = useApi(goldenPathApiRef);
  const live = usePacedData({
    key: id,
    load: () => api.getForecast(id),
    paceOf: ({ status }) => (status === 'running' ? RUNNING_MS : null),
  });
  return (
    <Stack>
      <Heading level={3}>Result</Heading>
      <LiveNotice live={live} what="The dry run" />
      {live.data ? <Result forecast={live.data} address={address} /> : null}
    </Stack>
  );
}
