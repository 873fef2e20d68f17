import type { SourceStatus } from '@goldenpath/backstage-plugin-golden-path-common';
import { fullTime } from '../format/time';
import { Notice, Text } from '../ui';

/** Sources of facts that fail for many entities at once, so that nobody looks for the fault in the services. */
export function CircuitNotices(props: { sources: SourceStatus[] }) {
  return (
    <>
      {props.sources
        .filter(source => source.circuit !== 'closed')
        .map(source => (
          <Notice
            key={source.source}
            tone="warn"
            title={`The collector ${source.source} fails for many entities.`}
          >
            <Text>
              Verdicts that need it are held as unknown or stale
              {source.circuit === 'half-open'
                ? '; it is being tried again now.'
                : `; retry at ${
                    source.retryAt ? fullTime(source.retryAt) : 'a later time'
                  }.`}{' '}
              This is the collector’s fault, not the services’.
            </Text>
            {source.reason ? <Text subtle>{source.reason}</Text> : null}
          </Notice>
        ))}
    </>
  );
}
