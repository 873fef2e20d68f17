import { MetricEvidence } from '../entity/MetricEvidence';
import { Disclosure, Text } from '../ui';

/** A line that opens into the events behind a number, or says that there is none. */
export function EvidenceDisclosure(props: {
  entityRef: string;
  ids: string[];
  /** What rests on the events. */
  what?: string;
  /** Shows them at once. */
  open?: boolean;
}) {
  const { entityRef, ids, what = 'this number', open } = props;
  if (ids.length === 0) {
    return <Text subtle>No event lies behind {what}.</Text>;
  }
  if (open) {
    return <MetricEvidence entityRef={entityRef} ids={ids} />;
  }
  return (
    <Disclosure
      summary={
        <Text inline>
          {ids.length === 1
            ? `The event behind ${what}`
            : `The ${ids.length} events behind ${what}`}
        </Text>
      }
    >
      <MetricEvidence entityRef={entityRef} ids={ids} />
    </Disclosure>
  );
}
