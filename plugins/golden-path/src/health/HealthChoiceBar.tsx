import type { HealthResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import { daysOf, WINDOW_DAYS } from '../format/healthWindow';
import { windowText } from '../format/time';
import { useHealthChoice } from '../hooks/useHealthChoice';
import { FilterSelect, RelativeTime, Row, Text } from '../ui';

/** Which window and environment the numbers are of, and the choice of others. */
export function HealthChoiceBar(props: { health: HealthResponse }) {
  const { health } = props;
  const { choice, choose } = useHealthChoice();
  const shown = choice.days ?? daysOf(health.window);
  const days = [...new Set([...WINDOW_DAYS, shown])].sort((a, b) => a - b);
  const environment = choice.environment ?? health.environment;
  const environments = [
    ...new Set([environment, ...(health.environments ?? [])]),
  ].sort((a, b) => a.localeCompare(b));
  return (
    <Row gap={2}>
      <FilterSelect
        label="Window"
        all={false}
        value={String(shown)}
        options={days.map(count => ({
          value: String(count),
          label: `${count} days`,
        }))}
        onChange={window => choose({ window })}
      />
      <FilterSelect
        label="Environment"
        all={false}
        value={environment}
        options={environments.map(name => ({ value: name, label: name }))}
        onChange={value => choose({ environment: value })}
      />
      <Text subtle inline>
        {health.environment}, {windowText(health.window)}
        {health.computedAt ? (
          <>
            , worked out <RelativeTime at={health.computedAt} />
          </>
        ) : null}
      </Text>
    </Row>
  );
}
