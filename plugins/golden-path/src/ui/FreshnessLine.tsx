import { Row } from './layout';
import { RelativeTime } from './RelativeTime';
import { Text } from './text';
import { ToneIcon } from './ToneIcon';

/** When the score was made, and whether a newer one is on its way. */
export function FreshnessLine(props: {
  evaluatedAt: string | undefined;
  refreshing: boolean;
}) {
  const { evaluatedAt, refreshing } = props;
  return (
    <Row inline>
      {evaluatedAt ? (
        <Text variant="small" subtle inline>
          Scored <RelativeTime at={evaluatedAt} />
        </Text>
      ) : null}
      <span role="status">
        {refreshing ? (
          <Row inline gap={0.5}>
            <ToneIcon tone="busy" />
            <Text variant="small" subtle inline>
              Refreshing…
            </Text>
          </Row>
        ) : null}
      </span>
    </Row>
  );
}
