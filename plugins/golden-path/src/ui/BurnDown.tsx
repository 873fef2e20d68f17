import { ErrorBoundary } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import { budgetLeft } from '../format/budget';
import { fullTime } from '../format/time';
import { DataTable } from './DataTable';
import { Disclosure } from './Disclosure';
import { Loading } from './Loading';
import { Text } from './text';

const BurnDownChart = lazy(() =>
  import('./BurnDownChart').then(module => ({ default: module.BurnDownChart })),
);

interface Point {
  at: string;
  remaining: number;
}

function summary(points: Point[]): string {
  const first = points[0];
  const last = points[points.length - 1];
  const lowest = Math.min(...points.map(({ remaining }) => remaining));
  return `From ${budgetLeft(first.remaining)} on ${fullTime(
    first.at,
  )} to ${budgetLeft(last.remaining)} on ${fullTime(
    last.at,
  )}; at the lowest ${budgetLeft(lowest)}.`;
}

/** What was left of an error budget over time: a drawing, a sentence and a table of the same. */
export function BurnDown(props: { name: string; points: Point[] }) {
  const { name, points } = props;
  if (points.length < 2) {
    return (
      <Text subtle>
        The budget was measured too seldom to draw how it burns down.
      </Text>
    );
  }
  return (
    <figure style={{ margin: 0 }} aria-label={`Burn-down of ${name}`}>
      <div aria-hidden>
        <ErrorBoundary>
          <Suspense fallback={<Loading>Loading the drawing…</Loading>}>
            <BurnDownChart points={points} />
          </Suspense>
        </ErrorBoundary>
      </div>
      <figcaption>
        <Text subtle>{summary(points)}</Text>
        <Disclosure
          summary={<Text inline>The same as a table</Text>}
          label={`The same as a table: burn-down of ${name}`}
        >
          <DataTable
            caption={`Burn-down of ${name}`}
            rows={points}
            idOf={point => point.at}
            columns={[
              {
                title: 'When',
                render: point => (
                  <time dateTime={point.at}>{fullTime(point.at)}</time>
                ),
              },
              {
                title: 'Of the budget',
                numeric: true,
                render: point => budgetLeft(point.remaining),
              },
            ]}
          />
        </Disclosure>
      </figcaption>
    </figure>
  );
}
