import type { PathComparison } from '@goldenpath/engine';
import { countText } from '../format/count';
import { Code, DataTable, Disclosure, Stack, Text, TrendLines } from '../ui';

type ReplayData = NonNullable<PathComparison['replay']>;
type Day = ReplayData['days'][number];

const NONE = 'none';

/** The levels that anybody stood on, lowest first; those of the changed path alone last. */
function levelsSeen(days: Day[], levels: string[]): string[] {
  const seen = new Set(
    days.flatMap(day => [
      ...Object.keys(day.before),
      ...Object.keys(day.after),
    ]),
  );
  const known = [NONE, ...levels];
  return [
    ...known.filter(level => seen.has(level)),
    ...[...seen].filter(level => !known.includes(level)),
  ];
}

function cell(day: Day, level: string): string {
  const before = day.before[level] ?? 0;
  const after = day.after[level] ?? 0;
  return before === after ? `${before}` : `${before} → ${after}`;
}

/** Entities of the day on any level at all. */
function onLevel(counts: Record<string, number>): number {
  return Object.entries(counts)
    .filter(([level]) => level !== NONE)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Each day of the past under both versions, and the checks whose verdict went to and fro. */
export function Replay(props: { replay: ReplayData; levels: string[] }) {
  const { replay, levels } = props;
  const { days, flaps } = replay;
  const seen = levelsSeen(days, levels);
  if (days.length === 0) {
    return (
      <Text>
        No facts of these days are kept, so there is nothing to go over.
      </Text>
    );
  }
  const restless = flaps.filter(({ before, after }) => before + after > 0);
  return (
    <Stack>
      <Text>
        {replay.from} to {replay.to},{' '}
        {countText(replay.entities, 'entity', 'entities')} with facts of at
        least one of the days.
      </Text>
      <TrendLines
        title="Entities on a level, day by day"
        lines={[
          { name: 'now', values: days.map(day => onLevel(day.before)) },
          {
            name: 'with the change',
            values: days.map(day => onLevel(day.after)),
          },
        ]}
      />
      <Disclosure summary={<Text inline>Each day in numbers</Text>}>
        <DataTable
          caption="Entities by level, each day now → with the change"
          rows={days}
          idOf={day => `replay-${day.day}`}
          columns={[
            { title: 'Day', render: day => day.day },
            { title: 'Entities', numeric: true, render: day => day.entities },
            ...seen.map(level => ({
              title: level === NONE ? 'No level' : level,
              numeric: true,
              render: (day: Day) => cell(day, level),
            })),
          ]}
        />
      </Disclosure>
      {restless.length > 0 ? (
        <>
          <Text>
            A check whose verdict goes to and fro cannot be worked to. Changes
            from one day to the next:
          </Text>
          <DataTable
            caption="Checks that go to and fro"
            rows={restless}
            idOf={flap => `flap-${flap.id}`}
            columns={[
              { title: 'Check', render: flap => <Code>{flap.id}</Code> },
              { title: 'Now', numeric: true, render: flap => flap.before },
              {
                title: 'With the change',
                numeric: true,
                render: flap => flap.after,
              },
            ]}
          />
        </>
      ) : (
        <Text subtle>No check’s verdict went to and fro.</Text>
      )}
    </Stack>
  );
}
