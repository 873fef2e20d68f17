import type { NextStep } from '@goldenpath/engine';
import { effortText } from '../format/effort';
import { signedPoints } from '../format/points';
import { stepWording } from '../format/step';
import { DataTable } from './DataTable';
import { SafeLink } from './SafeLink';
import { StatusChip } from './StatusChip';
import { Code, Prose, Text } from './text';

/** Things to do with what each takes and brings, in the order given. */
export function StepList(props: {
  caption: string;
  steps: NextStep[];
  hrefOf: (step: NextStep) => string;
}) {
  const { caption, steps, hrefOf } = props;
  return (
    <DataTable
      caption={caption}
      rows={steps}
      idOf={step => `step-${step.id}`}
      columns={[
        {
          title: 'Step',
          prose: true,
          render: step => (
            <>
              <SafeLink to={hrefOf(step)}>{step.title}</SafeLink>
              <Text variant="small" subtle>
                <Prose text={step.text} />
                {step.automatic ? (
                  <>
                    {' '}
                    <Code>golden-path score --fix</Code> writes it.
                  </>
                ) : null}
                {step.enforceFrom
                  ? ` Counts from ${step.enforceFrom.slice(0, 10)}.`
                  : null}
              </Text>
            </>
          ),
        },
        {
          title: 'Kind',
          width: 150,
          render: step => {
            const { label, tone, meaning } = stepWording(step.kind);
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Effort',
          width: 150,
          render: step => effortText(step.effort),
        },
        {
          title: 'Points',
          width: 90,
          numeric: true,
          render: step => signedPoints(step.gain),
        },
      ]}
    />
  );
}
