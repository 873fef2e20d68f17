import { describeFailure, Failure, inSentence } from '../format/failure';
import type { LiveData } from '../hooks/useLiveData';
import { FailureNotice, Loading, Notice, Text } from '../ui';

/**
 * What to show in place of, or above, data that is loading or could not be loaded; nothing when all is well. Data
 * loaded earlier stays on screen with a note that it is old.
 */
export function LiveNotice(props: {
  live: LiveData<unknown>;
  /** What is loaded, such as `The scorecard`. */
  what: string;
  describe?: (thrown: unknown, what: string) => Failure;
}) {
  const { live, what, describe = describeFailure } = props;
  if (live.loading) {
    return <Loading>{`Loading ${inSentence(what)}…`}</Loading>;
  }
  if (!live.error) {
    return null;
  }
  const failure = describe(live.error, what);
  return live.data === undefined ? (
    <FailureNotice failure={failure} onRetry={live.reload} />
  ) : (
    <Notice
      tone="warn"
      title={`${what} could not be loaded again; this is what was known before.`}
    >
      <Text>{failure.detail}</Text>
    </Notice>
  );
}
