import { useRouteRef } from '@backstage/core-plugin-api';
import type { CheckSummary } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Check, GoldenPath } from '@goldenpath/engine';
import { outsideName } from '../format/outsideName';
import { stageText } from '../format/stage';
import { checkRouteRef } from '../routes';
import { Code, DataTable, Prose, SafeLink, Stack, Text } from '../ui';

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
        <Text subtle>
          Known elsewhere as {check.maps.map(outsideName).join(', ')}.
        </Text>
      ) : null}
    </Stack>
  );
}

/** `5 pass, 2 fail, 1 not known`; stale and broken verdicts are not known. */
function standText({ verdicts }: CheckSummary): string {
  const unknown = verdicts.unknown + verdicts.stale + verdicts.error;
  return [
    `${verdicts.pass} pass`,
    `${verdicts.fail} fail`,
    `${unknown} not known`,
    ...(verdicts.waived > 0 ? [`${verdicts.waived} waived`] : []),
  ].join(', ');
}

/** The rules of a path, lowest level first, with how the fleet stands to each as far as that is loaded. */
export function PathChecks(props: {
  path: GoldenPath;
  summaries: CheckSummary[] | undefined;
}) {
  const { path, summaries } = props;
  const { levels, checks } = path.spec;
  const checkHref = useRouteRef(checkRouteRef);
  const hrefOf = (check: Check) =>
    checkHref({ name: path.metadata.name, check: check.id });
  const summaryOf = new Map(summaries?.map(item => [item.id, item]));
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
              <SafeLink to={hrefOf(check)}>{check.title}</SafeLink>{' '}
              <Text inline subtle variant="small">
                {check.id}
              </Text>
            </>
          ),
        },
        { title: 'Level', render: check => check.level },
        { title: 'Category', render: check => check.category },
        { title: 'Weight', numeric: true, render: check => check.weight },
        { title: 'Stage', render: check => stageText(check.rollout) },
        {
          title: 'Fleet',
          width: 200,
          render: check => {
            const summary = summaryOf.get(check.id);
            if (!summary) {
              return summaries ? 'not scored yet' : '…';
            }
            const stand = standText(summary);
            return (
              <SafeLink
                to={`${hrefOf(check)}#entities`}
                label={`${check.title} over the fleet: ${stand}`}
              >
                {stand}
              </SafeLink>
            );
          },
        },
      ]}
    />
  );
}
