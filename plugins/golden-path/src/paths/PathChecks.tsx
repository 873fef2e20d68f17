import type { Check, GoldenPath } from '@goldenpath/engine';
import { Code, DataTable, Prose, SafeLink, Stack, Text } from '../ui';

const STAGES = {
  shadow: 'Trial, counts nowhere',
  warn: 'Announced',
  enforce: 'Counts',
};

function Rule(props: { check: Check }) {
  const { check } = props;
  return (
    <Stack gap={0.5}>
      {check.description ? (
        <Text>
          <Prose text={check.description} />
        </Text>
      ) : null}
      <Text>
        Reads <Code>{check.facts.join(', ')}</Code>
      </Text>
      {check.when ? (
        <Text>
          Applies when <Code>{check.when}</Code>
        </Text>
      ) : null}
      <Text>
        Passes when <Code>{check.pass}</Code>
      </Text>
      {check.remediation?.text ? (
        <Text>
          What to do: <Prose text={check.remediation.text} />{' '}
          {check.remediation.url ? (
            <SafeLink to={check.remediation.url}>Read how</SafeLink>
          ) : null}
        </Text>
      ) : null}
      {check.maps.length > 0 ? (
        <Text subtle>Known elsewhere as {check.maps.join(', ')}.</Text>
      ) : null}
    </Stack>
  );
}

/** The rules of a path, lowest level first. */
export function PathChecks(props: { path: GoldenPath }) {
  const { levels, checks } = props.path.spec;
  const rows = [...checks].sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level),
  );
  return (
    <DataTable
      caption="Checks of this path"
      rows={rows}
      idOf={check => `rule-${check.id}`}
      nameOf={check => check.title}
      details={check => <Rule check={check} />}
      columns={[
        {
          title: 'Check',
          render: check => (
            <>
              {check.title}{' '}
              <Text inline subtle variant="small">
                {check.id}
              </Text>
            </>
          ),
        },
        { title: 'Level', render: check => check.level },
        { title: 'Category', render: check => check.category },
        { title: 'Weight', numeric: true, render: check => check.weight },
        {
          title: 'Stage',
          render: check =>
            check.rollout.enforceFrom && check.rollout.stage === 'warn'
              ? `Counts from ${check.rollout.enforceFrom.slice(0, 10)}`
              : STAGES[check.rollout.stage],
        },
      ]}
    />
  );
}
