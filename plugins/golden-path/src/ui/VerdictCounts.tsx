import type { CheckResult, Verdict } from '@goldenpath/engine';
import {
  countVerdicts,
  VERDICT_ORDER,
  verdictWording,
} from '../format/verdict';
import { Row } from './layout';
import { StatusChip } from './StatusChip';
import { Text } from './text';

/** How often each verdict was given; each chip leads to where. Verdicts never given are left out. */
export function VerdictTally(props: {
  counts: ReadonlyMap<Verdict, number>;
  hrefOf?: (verdict: Verdict) => string;
}) {
  const { counts, hrefOf } = props;
  return (
    <Row>
      {VERDICT_ORDER.filter(verdict => (counts.get(verdict) ?? 0) > 0).map(
        verdict => {
          const { label, tone, meaning } = verdictWording(verdict);
          return (
            <StatusChip
              key={verdict}
              tone={tone}
              label={`${counts.get(verdict)} ${label.toLocaleLowerCase(
                'en-GB',
              )}`}
              meaning={meaning}
              to={hrefOf?.(verdict)}
            />
          );
        },
      )}
    </Row>
  );
}

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
  return <VerdictTally counts={counts} hrefOf={hrefOf} />;
}
