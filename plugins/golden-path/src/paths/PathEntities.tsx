import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityRefLink,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { CHECKS_ANCHOR } from '../entity/anchors';
import { LiveNotice } from '../components/LiveNotice';
import { scoreText } from '../format/score';
import { usePages } from '../hooks/usePages';
import { ENTITY_TAB_PATH } from '../routes';
import {
  ActionButton,
  DataTable,
  RelativeTime,
  Row,
  SafeLink,
  Stack,
  StatusChip,
  Text,
} from '../ui';

const PAGE_SIZE = 50;

function Count(props: {
  count: number;
  tone: 'bad' | 'unsure';
  word: string;
  to: string;
}) {
  const { count, tone, word, to } = props;
  return count === 0 ? (
    <>0</>
  ) : (
    <StatusChip tone={tone} label={`${count} ${word}`} to={to} />
  );
}

/** The entities that a path is about and how they stand, page by page. */
export function PathEntities(props: { path: string }) {
  const { path } = props;
  const api = useApi(goldenPathApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const tabHref = (row: ScorecardRow, verdict?: string) =>
    `${entityRoute(entityRouteParams(row.entityRef))}${ENTITY_TAB_PATH}${
      verdict ? `?verdict=${verdict}` : ''
    }#${CHECKS_ANCHOR}`;
  const rows = usePages<ScorecardRow>({
    key: path,
    loadPage: cursor => api.getScorecards({ path, limit: PAGE_SIZE, cursor }),
  });
  const { data } = rows;
  return (
    <Stack>
      <LiveNotice live={rows} what="The entities of this path" />
      {data?.items.length === 0 ? (
        <Text>
          No entity is scored by this path yet. New entities appear within a
          minute of their registration when the path applies to them.
        </Text>
      ) : null}
      {data && data.items.length > 0 ? (
        <>
          <DataTable
            caption="Entities of this path"
            rows={data.items}
            idOf={row => row.entityRef}
            columns={[
              {
                title: 'Entity',
                render: row => <EntityRefLink entityRef={row.entityRef} />,
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
              {
                title: 'Score',
                render: row => (
                  <SafeLink to={tabHref(row)}>{scoreText(row.score)}</SafeLink>
                ),
              },
              {
                title: 'Failing',
                render: row => (
                  <Count
                    count={row.failing}
                    tone="bad"
                    word="failing"
                    to={tabHref(row, 'fail')}
                  />
                ),
              },
              {
                title: 'Not known',
                render: row => (
                  <Count
                    count={row.unknown}
                    tone="unsure"
                    word="unknown"
                    to={tabHref(row, 'unknown')}
                  />
                ),
              },
              {
                title: 'Evaluated',
                render: row => <RelativeTime at={row.evaluatedAt} />,
              },
            ]}
          />
          <Row>
            <Text subtle inline>
              {data.items.length} of {data.totalItems}
            </Text>
            {data.nextCursor ? (
              <ActionButton onClick={rows.loadMore} disabled={rows.loadingMore}>
                {rows.loadingMore ? 'Loading more…' : 'Load more'}
              </ActionButton>
            ) : null}
          </Row>
        </>
      ) : null}
    </Stack>
  );
}
