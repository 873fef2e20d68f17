import type { CheckResult } from '@goldenpath/engine';
import {
  countVerdicts,
  VERDICT_ORDER,
  verdictWording,
} from '../format/verdict';
import { Row } from './layout';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** How many checks stand at each verdict; each chip leads to them. */
export function VerdictCounts(props: {
  checks: CheckResult[];
  hrefOf?: (verdict: string) => string;
}) {
  const { checks, hrefOf } = props;
  const counts = countVerdicts(checks);
  if (counts.size === 0) {
    return <Text subtle>No check of this path counts yet.</Text>;
  }
  return (
    <Row>
      {VERDICT_ORDER.filter(verdict => counts.has(verdict)).map(verdict => {
        const { label, tone, meaning } = verdictWording(verdict);
        return (
          <StatusChip
            key={verdict}
            tone={tone}
            label={`${counts.get(verdict)} ${label.toLocaleLowerCase('en-GB')}`}
            meaning={meaning}
            to={hrefOf?.(verdict)}
          />
        );
      })}
    </Row>
  );
}
