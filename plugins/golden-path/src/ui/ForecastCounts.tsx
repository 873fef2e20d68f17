import type { Forecast } from '@goldenpath/backstage-plugin-golden-path-common';
import {
  ForecastOutcome,
  outcomeCountText,
  outcomeWording,
} from '../format/forecast';
import { Row } from './layout';
import { StatusChip } from './StatusChip';

const ORDER: ForecastOutcome[] = ['clean', 'conflict', 'unchanged', 'unknown'];

/** How many services take a version how; each number leads to them. */
export function ForecastCounts(props: {
  counts: Forecast['counts'];
  hrefOf: (outcome: ForecastOutcome) => string;
}) {
  const { counts, hrefOf } = props;
  return (
    <Row>
      {ORDER.filter(outcome => counts[outcome] > 0).map(outcome => (
        <StatusChip
          key={outcome}
          tone={outcomeWording(outcome).tone}
          label={outcomeCountText(outcome, counts[outcome])}
          meaning={outcomeWording(outcome).meaning}
          to={hrefOf(outcome)}
        />
      ))}
    </Row>
  );
}
