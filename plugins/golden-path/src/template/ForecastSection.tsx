import type { ForecastsResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { LiveNotice } from '../components/LiveNotice';
import type { LiveData } from '../hooks/useLiveData';
import { ForecastList, Heading, Section, Stack, Text } from '../ui';
import { EntityName } from './EntityName';
import { ForecastResult } from './ForecastResult';
import { NeedsManage } from './NeedsManage';
import { StartForecast } from './StartForecast';
import { FORECAST_ANCHOR } from './templateAnchors';
import type { Address } from './useAddress';

/** What leads to another dry run drops what the last one was narrowed to. */
const UNNARROWED = { outcome: '', file: '' };

/** Dry runs of a version over every service; `?forecast=` names the one shown, by default the newest. */
export function ForecastSection(props: {
  templateRef: string;
  forecasts: LiveData<ForecastsResponse>;
  mayManage: boolean | undefined;
  address: Address;
}) {
  const { templateRef, forecasts, mayManage, address } = props;
  const items = forecasts.data?.items;
  const chosen = address.read('forecast') || items?.[0]?.id;
  const onStarted = async (id: string) => {
    address.change({ ...UNNARROWED, forecast: id });
    await forecasts.reload();
  };
  return (
    <Section id={FORECAST_ANCHOR} title="Forecast">
      <Stack gap={2}>
        <Text>
          A dry run of a version over every service, before it is published or
          rolled out. Nothing is pushed and nobody is told.
        </Text>
        {mayManage === false ? (
          <NeedsManage what="To start a dry run" />
        ) : (
          <StartForecast
            templateRef={templateRef}
            disabled={mayManage === undefined}
            onStarted={onStarted}
          />
        )}
        <LiveNotice live={forecasts} what="The list of dry runs" />
        {items?.length === 0 ? (
          <Text>
            No version was tried yet. Start a dry run to see one here.
          </Text>
        ) : null}
        {chosen ? <ForecastResult id={chosen} address={address} /> : null}
        {items && items.length > 0 ? (
          <Stack>
            <Heading level={3}>Dry runs so far</Heading>
            <ForecastList
              forecasts={items}
              chosen={chosen}
              hrefOf={id =>
                address.href({ ...UNNARROWED, forecast: id }, FORECAST_ANCHOR)
              }
              entityLink={ref => <EntityName of={ref} />}
            />
          </Stack>
        ) : null}
      </Stack>
    </Section>
  );
}
