import type { GateDecision } from '@goldenpath/engine';
import { overrideHolds } from '../format/gateDecision';
import { fullTime } from '../format/time';
import { useNow } from '../hooks/useNow';
import { EntityName } from '../template/EntityName';
import { Notice, RelativeTime, Text } from '../ui';

/** Who let a stopped deployment go ahead, why and until when; one that has ended says so. */
export function OverrideNote(props: { decision: GateDecision }) {
  const { decision } = props;
  const { override } = decision;
  const now = useNow();
  if (!override) {
    return null;
  }
  const holds = overrideHolds(decision, now);
  return (
    <Notice
      tone={holds ? 'warn' : 'neutral'}
      title={
        holds
          ? `Overridden until ${fullTime(override.expiresAt)}`
          : `An override ended on ${fullTime(override.expiresAt)}`
      }
    >
      <Text>
        <EntityName of={override.by} />, {fullTime(override.at)}:{' '}
        {override.reason}
      </Text>
      <Text subtle>
        {holds ? (
          <>
            It ends <RelativeTime at={override.expiresAt} />.
          </>
        ) : (
          'It counts no more; the verdict of the rules stands again.'
        )}
      </Text>
    </Notice>
  );
}
