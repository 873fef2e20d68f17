import { useRouteRef } from '@backstage/core-plugin-api';
import type { SummaryItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { scoreText } from '../format/score';
import { waiversRouteRef } from '../routes';
import { BigNumber, LevelBar, SafeLink, Stack, Text, Tiles } from '../ui';
import { NONE, type FleetState } from './fleetState';

/** Every level that somebody may stand on, lowest first, no level before them all. */
function levelCounts(
  total: SummaryItem,
  levels: string[],
): { level: string; count: number }[] {
  const others = Object.keys(total.levels).filter(
    level => level !== NONE && !levels.includes(level),
  );
  return [NONE, ...levels, ...others].map(level => ({
    level,
    count: total.levels[level] ?? 0,
  }));
}

/** How everything stands that the path is about; each number leads to the list behind it. */
export function FleetSummary(props: {
  total: SummaryItem;
  /** Levels of the path, lowest first. */
  levels: string[];
  hrefOf: (state: Partial<FleetState>) => string;
}) {
  const { total, levels, hrefOf } = props;
  const waiversHref = useRouteRef(waiversRouteRef)();
  const number = (value: number | string, to: string, label: string) => (
    <SafeLink to={to} label={label}>
      {typeof value === 'number' ? value.toLocaleString('en-GB') : value}
    </SafeLink>
  );
  const score = scoreText(total.score);
  return (
    <Stack gap={2}>
      <Text subtle>
        {total.scorecards === 1
          ? '1 scorecard: one entity under one path.'
          : `${total.scorecards.toLocaleString(
              'en-GB',
            )} scorecards: each is one entity under one path.`}
      </Text>
      <LevelBar
        counts={levelCounts(total, levels).map(({ level, count }) => ({
          level,
          count,
          to: hrefOf({ level }),
        }))}
      />
      <Tiles minWidth={150}>
        <BigNumber
          value={number(
            score,
            hrefOf({ orderBy: 'score', order: undefined }),
            `Mean score ${score}: the list, lowest first`,
          )}
          what="Mean score of 100"
        />
        <BigNumber
          value={number(
            total.failing,
            hrefOf({ orderBy: 'failing', order: undefined }),
            `${total.failing} failing checks: the list, most first`,
          )}
          what="Checks that fail"
        />
        <BigNumber
          value={number(
            total.withUnknown,
            hrefOf({ unknown: true, orderBy: 'unknown', order: undefined }),
            `${total.withUnknown} with something not known: the list, most first`,
          )}
          what="With something not known"
        />
        <BigNumber
          value={number(
            total.waived,
            `${waiversHref}?status=approved`,
            `${total.waived} waived checks: the exceptions`,
          )}
          what="Waived checks"
        />
      </Tiles>
    </Stack>
  );
}
