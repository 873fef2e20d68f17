import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ScorecardRow } from '@goldenpath/backstage-plugin-golden-path-common';
import { rawAndAdjusted, scoreText } from '../format/score';
import { verdictWording } from '../format/verdict';
import { useScorecardHref } from '../hooks/useScorecardHref';
import { checkRouteRef } from '../routes';
import {
  Code,
  Column,
  DataTable,
  Disclosure,
  Prose,
  RelativeTime,
  SafeLink,
  StatusChip,
  TableSort,
  Text,
} from '../ui';

function Score(props: { row: ScorecardRow; to: string }) {
  const { row, to } = props;
  const both = row.waived > 0 ? rawAndAdjusted(row.score) : undefined;
  return (
    <>
      <SafeLink
        to={to}
        label={`Score of ${row.entityRef}: ${scoreText(row.score)}`}
      >
        {scoreText(row.score)}
      </SafeLink>
      {both ? (
        <Text subtle variant="small">
          {both.raw} raw, {both.adjusted} adjusted
        </Text>
      ) : null}
    </>
  );
}

function FailingIds(props: { row: ScorecardRow }) {
  const { row } = props;
  const checkHref = useRouteRef(checkRouteRef);
  if (row.failing === 0) {
    return <>0</>;
  }
  return (
    <Disclosure
      end
      label={`${row.failing} failing of ${row.title ?? row.entityRef}`}
      summary={<Text inline>{row.failing}</Text>}
    >
      {row.failingChecks.map(id => (
        <Text key={id}>
          <SafeLink to={checkHref({ name: row.path, check: id })}>
            {id}
          </SafeLink>
        </Text>
      ))}
    </Disclosure>
  );
}

/** What the check of the filter says about each row. */
const CHECK_COLUMN: Column<ScorecardRow> = {
  title: 'This check',
  prose: true,
  render: ({ check }) => {
    if (!check) {
      return 'not given';
    }
    const { label, tone, meaning } = verdictWording(check.verdict);
    return (
      <>
        <StatusChip tone={tone} label={label} meaning={meaning} />
        {check.message ? (
          <Text variant="small">
            <Prose text={check.message} />
          </Text>
        ) : null}
      </>
    );
  },
};

/** Entities under their paths, one row each. */
export function FleetTable(props: {
  caption: string;
  rows: ScorecardRow[];
  /** Whether rows of several paths may be among them. */
  manyPaths: boolean;
  withCheck: boolean;
  sort: TableSort;
  busy: boolean;
}) {
  const { caption, rows, manyPaths, withCheck, sort, busy } = props;
  const scorecardHref = useScorecardHref();
  const columns: Column<ScorecardRow>[] = [
    {
      title: 'Entity',
      sortKey: 'entity',
      render: row => (
        <>
          <EntityRefLink
            entityRef={row.entityRef}
            title={row.title ?? undefined}
          />
          {manyPaths ? (
            <Text subtle variant="small">
              under <Code>{row.path}</Code>
            </Text>
          ) : null}
        </>
      ),
    },
    ...(withCheck ? [CHECK_COLUMN] : []),
    {
      title: 'Level',
      sortKey: 'level',
      render: row => row.level ?? 'none yet',
    },
    {
      title: 'Score',
      sortKey: 'score',
      numeric: true,
      render: row => <Score row={row} to={scorecardHref(row.entityRef)} />,
    },
    {
      title: 'Failing',
      sortKey: 'failing',
      numeric: true,
      render: row => <FailingIds row={row} />,
    },
    {
      title: 'Not known',
      sortKey: 'unknown',
      numeric: true,
      render: row =>
        row.unknown === 0 ? (
          0
        ) : (
          <SafeLink
            to={scorecardHref(row.entityRef)}
            label={`${row.unknown} not known of ${row.title ?? row.entityRef}`}
          >
            {row.unknown}
          </SafeLink>
        ),
    },
    {
      title: 'Waived',
      numeric: true,
      render: row =>
        row.waived === 0 ? (
          0
        ) : (
          <SafeLink
            to={scorecardHref(row.entityRef, { verdict: 'waived' })}
            label={`${row.waived} waived of ${row.title ?? row.entityRef}`}
          >
            {row.waived}
          </SafeLink>
        ),
    },
    {
      title: 'Oldest fact',
      sortKey: 'observedAt',
      render: row =>
        row.observedAt ? <RelativeTime at={row.observedAt} /> : 'no facts',
    },
    {
      title: 'Owner',
      sortKey: 'owner',
      render: row =>
        row.owner ? (
          <EntityRefLink entityRef={row.owner} defaultKind="group" />
        ) : (
          'nobody'
        ),
    },
  ];
  return (
    <DataTable
      caption={caption}
      rows={rows}
      idOf={row => `${row.path} ${row.entityRef}`}
      columns={columns}
      sort={sort}
      busy={busy}
    />
  );
}
