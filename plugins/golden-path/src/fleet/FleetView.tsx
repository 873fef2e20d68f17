import { useApi } from '@backstage/core-plugin-api';
import type { PathSummary } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { useLastKnown } from '../hooks/useLastKnown';
import { useLiveData } from '../hooks/useLiveData';
import { Busy, Heading, Row, Section, Stack } from '../ui';
import { CircuitNotices } from './CircuitNotices';
import { FleetDownload } from './FleetDownload';
import { FleetFilters } from './FleetFilters';
import { FleetGroups } from './FleetGroups';
import { FleetHealth } from './FleetHealth';
import { FleetList } from './FleetList';
import { FleetSummary } from './FleetSummary';
import { FLEET_INTERVAL_MS } from './useFleetRows';
import { useFleetState } from './useFleetState';

/** The levels of the chosen path, or of all paths, lowest first. */
function levelsOf(paths: PathSummary[], name: string | undefined): string[] {
  const chosen = paths.filter(path => !name || path.name === name);
  return [...new Set(chosen.flatMap(path => path.levels))];
}

/** Every entity under every path: a summary, filters, and a list that can be grouped. */
export function FleetView() {
  const { state, change, hrefOf } = useFleetState();
  const { path, groupBy } = state;
  const api = useApi(goldenPathApiRef);
  const interval = FLEET_INTERVAL_MS;
  const paths = useLiveData({
    key: 'paths',
    interval,
    load: () => api.getPaths(),
  });
  const owners = useLiveData({
    key: `owner ${path}`,
    interval,
    load: () => api.getSummary({ groupBy: 'owner', path }),
  });
  const systems = useLiveData({
    key: `system ${path}`,
    interval,
    load: () => api.getSummary({ groupBy: 'system', path }),
  });
  const checks = useLiveData({
    key: `checks ${path}`,
    interval,
    enabled: path !== undefined,
    load: () => api.getPathChecks(path ?? ''),
  });
  const sources = useLiveData({
    key: 'sources',
    interval,
    load: () => api.getSources(),
  });

  const summary = useLastKnown(owners.data);
  const known = paths.data?.items ?? [];
  const levels = levelsOf(known, path);
  const title = known.find(({ name }) => name === path)?.title ?? path;
  const clearHref = hrefOf({
    owner: undefined,
    system: undefined,
    domain: undefined,
    template: undefined,
    level: undefined,
    check: undefined,
    verdict: undefined,
    unknown: undefined,
    search: undefined,
  });
  const listProps = {
    state,
    change,
    clearHref,
    manyPaths: !path && known.length > 1,
  };
  const groups = groupBy === 'owner' ? owners : systems;

  return (
    <Stack gap={3}>
      <Heading level={2}>{title ? `Fleet of ${title}` : 'Fleet'}</Heading>
      <CircuitNotices sources={sources.data?.items ?? []} />
      <Section id="summary" title="At a glance" level={3}>
        <Busy busy={owners.loading && summary !== undefined} minHeight={150}>
          {summary && owners.loading ? null : (
            <LiveNotice live={owners} what="The summary" />
          )}
          {summary ? (
            <FleetSummary
              total={summary.total}
              levels={levels}
              hrefOf={part => hrefOf({ ...part, groupBy: undefined, open: [] })}
            />
          ) : null}
        </Busy>
      </Section>
      <FleetHealth hrefOf={hrefOf} />
      <Section id="entities" title="Entities" level={3}>
        <Stack gap={2}>
          <FleetFilters
            state={state}
            change={change}
            paths={known}
            levels={levels}
            owners={owners.data?.items ?? []}
            systems={systems.data?.items ?? []}
            checks={checks.data?.items ?? []}
            clearHref={clearHref}
          />
          {groupBy ? (
            <>
              <LiveNotice live={groups} what="The groups" />
              {groups.data ? (
                <FleetGroups
                  {...listProps}
                  items={groups.data.items}
                  groupBy={groupBy}
                  levels={levels}
                />
              ) : null}
              <Row>
                <FleetDownload state={state} total={undefined} />
              </Row>
            </>
          ) : (
            <FleetList {...listProps} />
          )}
        </Stack>
      </Section>
    </Stack>
  );
}
