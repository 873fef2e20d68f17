import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Verdict } from '@goldenpath/engine';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { LiveNotice } from '../components/LiveNotice';
import { verdictWording } from '../format/verdict';
import { useLastKnown } from '../hooks/useLastKnown';
import { usePages } from '../hooks/usePages';
import { useScorecardHref } from '../hooks/useScorecardHref';
import { DataTable, LoadMore, Prose, SafeLink, Stack, Text } from '../ui';

const PAGE_SIZE = 50;
const INTERVAL_MS = 30_000;

function nothingText(verdict: Verdict) {
  const word = verdictWording(verdict).label.toLocaleLowerCase('en-GB');
  return verdict === 'fail'
    ? 'No entity is known to fail this check. Those whose verdict is unknown may: see the counts above.'
    : `To no entity this check gives the verdict “${word}”. Choose one of the counts above.`;
}

/** The entities to which a check gave one verdict, each with its message. */
export function CheckEntities(props: {
  path: string;
  check: string;
  verdict: Verdict;
}) {
  const { path, check, verdict } = props;
  const api = useApi(goldenPathApiRef);
  const scorecardHref = useScorecardHref();
  const pages = usePages<ScorecardRow>({
    key: `${path} ${check} ${verdict}`,
    interval: INTERVAL_MS,
    loadPage: cursor =>
      api.getScorecards({ path, check, verdict, limit: PAGE_SIZE, cursor }),
  });
  const shown = useLastKnown(pages.data);
  const busy = pages.loading && shown !== undefined;
  const { label } = verdictWording(verdict);
  return (
    <Stack>
      {busy ? null : <LiveNotice live={pages} what="The list of entities" />}
      {shown?.items.length === 0 && !busy ? (
        <Text>{nothingText(verdict)}</Text>
      ) : null}
      {shown && shown.items.length > 0 ? (
        <>
          <DataTable
            caption={`Entities with the verdict ${label.toLocaleLowerCase(
              'en-GB',
            )}`}
            rows={shown.items}
            idOf={row => row.entityRef}
            busy={busy}
            columns={[
              {
                title: 'Entity',
                render: row => (
                  <EntityRefLink
                    entityRef={row.entityRef}
                    title={row.title ?? undefined}
                  />
                ),
              },
              {
                title: 'What was found',
                prose: true,
                render: row => (
                  <>
                    {row.check?.message ? (
                      <>
                        <Prose text={row.check.message} />.{' '}
                      </>
                    ) : null}
                    <SafeLink
                      to={scorecardHref(row.entityRef, {
                        check: { path, id: check },
                      })}
                      label={`Evidence of ${row.title ?? row.entityRef}`}
                    >
                      See the evidence
                    </SafeLink>
                  </>
                ),
              },
              {
                title: 'Owner',
                render: row =>
                  row.owner ? (
                    <EntityRefLink entityRef={row.owner} defaultKind="group" />
                  ) : (
                    'nobody'
                  ),
              },
              { title: 'Level', render: row => row.level ?? 'none yet' },
            ]}
          />
          <LoadMore
            shown={shown.items.length}
            total={shown.totalItems}
            what={shown.totalItems === 1 ? 'entity' : 'entities'}
            more={shown.nextCursor !== undefined && !busy}
            loading={pages.loadingMore}
            onLoadMore={pages.loadMore}
          />
        </>
      ) : null}
    </Stack>
  );
}
