import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Check } from '@goldenpath/engine';
import { effortText } from '../format/effort';
import { outsideName } from '../format/outsideName';
import { stageText } from '../format/stage';
import {
  Code,
  CodeView,
  FactList,
  Heading,
  Labels,
  Prose,
  SafeLink,
  Stack,
  Text,
} from '../ui';

/** What a check is: why, what it reads, how it passes, what it weighs and what to do about it. */
export function CheckFacts(props: { check: Check }) {
  const { check } = props;
  const { description, facts, when, pass, remediation, maps } = check;
  return (
    <Stack gap={2}>
      <Text>
        <Prose
          text={description ?? 'The author of the path wrote no reason.'}
        />
      </Text>
      <FactList
        facts={[
          { name: 'Level', value: check.level },
          { name: 'Category', value: check.category },
          { name: 'Weight', value: check.weight },
          { name: 'Stage', value: stageText(check.rollout) },
          { name: 'Reads', value: <Code>{facts.join(', ')}</Code> },
          {
            name: 'Effort',
            value: remediation?.effort
              ? effortText(remediation.effort)
              : 'Not stated',
          },
          {
            name: 'Known elsewhere as',
            value:
              maps.length > 0 ? (
                <Labels
                  label="Known elsewhere as"
                  words={maps.map(outsideName)}
                />
              ) : undefined,
          },
        ]}
      />
      {when ? (
        <Stack gap={0.5}>
          <Heading level={3} small>
            Applies when
          </Heading>
          <CodeView label="Condition in CEL" text={when} />
        </Stack>
      ) : null}
      <Stack gap={0.5}>
        <Heading level={3} small>
          Passes when
        </Heading>
        <CodeView label="Expression in CEL" text={pass} />
      </Stack>
      <Stack gap={0.5}>
        <Heading level={3} small>
          What to do when it fails
        </Heading>
        <Text>
          <Prose
            text={
              remediation?.text ?? 'Meet the expression above, then refresh.'
            }
          />{' '}
          {remediation?.url ? (
            <SafeLink to={remediation.url}>Read how</SafeLink>
          ) : null}
        </Text>
        {remediation?.template ? (
          <Text>
            A new service from{' '}
            <EntityRefLink
              entityRef={remediation.template}
              defaultKind="template"
            />{' '}
            has it already.
          </Text>
        ) : null}
        {remediation?.fix ? (
          <Text>
            <Code>golden-path score --fix</Code> writes the patch{' '}
            <Code>{remediation.fix}</Code>.
          </Text>
        ) : null}
      </Stack>
    </Stack>
  );
}
