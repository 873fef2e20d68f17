import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  ComparedEntity,
  PathComparison,
  VerdictCounts,
} from '@goldenpath/engine';
import { useState } from 'react';
import { scoreText } from '../format/score';
import { VERDICT_ORDER, verdictWording } from '../format/verdict';
import { Code, DataTable, LoadMore, Stack, Text } from '../ui';

const PAGE = 50;

type Standing = ComparedEntity['before'];

function levelOf(standing: Standing) {
  return standing ? standing.level ?? 'no level' : 'not covered';
}

function scoreOf(standing: Standing) {
  return standing ? scoreText(standing.score) : '–';
}

function fromTo(from: string, to: string) {
  return from === to ? from : `${from} → ${to}`;
}

function checksText(entity: ComparedEntity): string {
  const word = (verdict: (typeof entity.checks)[number]['from']) =>
    verdict ? verdictWording(verdict).label.toLocaleLowerCase('en-GB') : 'none';
  return entity.checks
    .map(({ id, from, to }) => `${id} ${word(from)} → ${word(to)}`)
    .join(', ');
}

/** The entities that another path moves, those that fall first. */
export function ComparedEntities(props: { comparison: PathComparison }) {
  const { entities, total } = props.comparison;
  const [shown, setShown] = useState(PAGE);
  const moving = total.entities - total.same;
  if (entities.length === 0) {
    return <Text>No entity would move.</Text>;
  }
  return (
    <Stack>
      <DataTable
        caption="Entities that move"
        rows={entities.slice(0, shown)}
        idOf={entity => `moves-${entity.entityRef}`}
        columns={[
          {
            title: 'Entity',
            render: entity => <EntityRefLink entityRef={entity.entityRef} />,
          },
          {
            title: 'Level',
            render: entity =>
              fromTo(levelOf(entity.before), levelOf(entity.after)),
          },
          {
            title: 'Score',
            numeric: true,
            render: entity =>
              fromTo(scoreOf(entity.before), scoreOf(entity.after)),
          },
          {
            title: 'Checks whose verdict differs',
            prose: true,
            render: entity => checksText(entity) || 'none',
          },
          {
            title: 'Owner',
            render: entity =>
              entity.owner ? (
                <EntityRefLink entityRef={entity.owner} defaultKind="group" />
              ) : (
                'nobody'
              ),
          },
        ]}
      />
      <LoadMore
        shown={Math.min(shown, entities.length)}
        total={Math.max(moving, entities.length)}
        what="that move"
        more={shown < entities.length}
        loading={false}
        onLoadMore={() => setShown(shown + PAGE)}
      />
      {moving > entities.length ? (
        <Text subtle>
          The comparison names the first {entities.length}; the totals count
          all.
        </Text>
      ) : null}
    </Stack>
  );
}

/** What another path does to the entities of each owner. */
export function ComparedOwners(props: { comparison: PathComparison }) {
  const number = (
    title: string,
    key: 'rise' | 'fall' | 'shift' | 'same' | 'covered' | 'uncovered',
  ) => ({
    title,
    numeric: true,
    render: (row: PathComparison['owners'][number]) => row[key],
  });
  return (
    <DataTable
      caption="Movement by owner"
      rows={props.comparison.owners}
      idOf={row => `moves-owner-${row.owner}`}
      columns={[
        {
          title: 'Owner',
          render: row =>
            row.owner ? (
              <EntityRefLink entityRef={row.owner} defaultKind="group" />
            ) : (
              'nobody'
            ),
        },
        number('Rise', 'rise'),
        number('Fall', 'fall'),
        number('Shift', 'shift'),
        number('Same', 'same'),
        number('Newly covered', 'covered'),
        number('No longer covered', 'uncovered'),
      ]}
    />
  );
}

function countsText(counts: VerdictCounts | null, absent: string): string {
  if (!counts) {
    return absent;
  }
  const given = VERDICT_ORDER.filter(verdict => (counts[verdict] ?? 0) > 0);
  return given.length === 0
    ? 'none'
    : given
        .map(
          verdict =>
            `${counts[verdict]} ${verdictWording(
              verdict,
            ).label.toLocaleLowerCase('en-GB')}`,
        )
        .join(', ');
}

/** What another path does to each check. */
export function ComparedChecks(props: { comparison: PathComparison }) {
  return (
    <DataTable
      caption="Movement by check"
      rows={props.comparison.checks}
      idOf={check => `moves-check-${check.id}`}
      columns={[
        {
          title: 'Check',
          render: check => (
            <>
              {check.title} <Code>{check.id}</Code>
            </>
          ),
        },
        {
          title: 'Now',
          render: check => countsText(check.before, 'not there'),
        },
        {
          title: 'With the change',
          render: check => countsText(check.after, 'removed'),
        },
        {
          title: 'Entities with another verdict',
          numeric: true,
          render: check => check.flips,
        },
      ]}
    />
  );
}
