import type { PathComparison } from '@goldenpath/engine';
import { fullTime } from '../format/time';
import { saveFile } from '../hooks/useDownload';
import {
  ActionButton,
  BigNumber,
  Heading,
  Row,
  Stack,
  Text,
  Tiles,
} from '../ui';
import { ComparedChecks, ComparedEntities, ComparedOwners } from './Compared';
import { Replay } from './Replay';

const TOTALS = [
  ['rise', 'rise to a higher level'],
  ['fall', 'fall to a lower level'],
  ['shift', 'keep their level with another score or verdict'],
  ['same', 'stay as they are'],
  ['covered', 'are newly covered'],
  ['uncovered', 'are covered no longer'],
] as const;

/** What a changed path would do: totals, and what is behind them. */
export function ComparisonView(props: {
  comparison: PathComparison;
  /** Levels of the path in force, lowest first. */
  levels: string[];
}) {
  const { comparison, levels } = props;
  const { path, total, replay } = comparison;
  return (
    <Stack gap={2}>
      <Text subtle>
        {path.name} {path.before ?? '(not in force yet)'} → {path.after},
        compared {fullTime(comparison.comparedAt)}
      </Text>
      <Tiles minWidth={130}>
        {TOTALS.map(([key, what]) => (
          <BigNumber key={key} value={total[key]} what={what} />
        ))}
      </Tiles>
      <Heading level={4}>Entities that move</Heading>
      <ComparedEntities comparison={comparison} />
      <Heading level={4}>By owner</Heading>
      <ComparedOwners comparison={comparison} />
      <Heading level={4}>By check</Heading>
      <ComparedChecks comparison={comparison} />
      {replay ? (
        <>
          <Heading level={4}>Day by day</Heading>
          <Replay replay={replay} levels={levels} />
        </>
      ) : null}
      <Row>
        <ActionButton
          onClick={() =>
            saveFile(
              `golden-path-${path.name}-${path.after}.json`,
              'application/json',
              JSON.stringify(comparison, null, 2),
            )
          }
        >
          Download the comparison as JSON
        </ActionButton>
      </Row>
    </Stack>
  );
}
