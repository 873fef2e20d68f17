import type { SourceFreshness } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Wording } from '../format/tone';
import { fullTime } from '../format/time';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';
import { List } from './List';

function stateOf(source: SourceFreshness, now: Date): Wording {
  if (source.suspended) {
    return {
      label: 'Suspended',
      tone: 'warn',
      meaning:
        'The collector fails for many entities and is left alone for a while; the service is not at fault.',
    };
  }
  if (source.problem) {
    return { label: 'Problem', tone: 'bad', meaning: source.problem };
  }
  if (!source.observedAt) {
    return { label: 'No fact yet', tone: 'unsure', meaning: 'Not read yet.' };
  }
  if (source.expiresAt && new Date(source.expiresAt) <= now) {
    return { label: 'Expired', tone: 'unsure', meaning: 'Too old to count.' };
  }
  return { label: 'Fresh', tone: 'good', meaning: 'Read and still valid.' };
}

function Trouble(props: { source: SourceFreshness }) {
  const { source, problem, suspended, retryAt, gaps } = props.source;
  const absent = Object.entries(gaps ?? {});
  if (!problem && !suspended && absent.length === 0) {
    return <>None</>;
  }
  return (
    <>
      {suspended ? (
        <Text>
          The collector fails for many entities; it is asked again{' '}
          {retryAt ? `at ${fullTime(retryAt)}` : 'later'}. This is not the
          service’s fault.
        </Text>
      ) : null}
      {problem ? <Text>{problem}</Text> : null}
      {absent.length > 0 ? (
        <List label={`What ${source} could not read`} marked>
          {absent.map(([path, reason]) => (
            <Text key={path}>
              <Code>{path}</Code>: {reason}
            </Text>
          ))}
        </List>
      ) : null}
    </>
  );
}

/** Where the facts come from, how old they are, and what kept them away. */
export function SourcesTable(props: { sources: SourceFreshness[] }) {
  if (props.sources.length === 0) {
    return <Text subtle>No source of facts has been asked yet.</Text>;
  }
  return (
    <DataTable
      caption="Sources of facts"
      rows={props.sources}
      idOf={source => `source-${source.source}`}
      columns={[
        { title: 'Source', render: source => <Code>{source.source}</Code> },
        {
          title: 'State',
          render: source => {
            const { label, tone, meaning } = stateOf(source, new Date());
            return <StatusChip tone={tone} label={label} meaning={meaning} />;
          },
        },
        {
          title: 'Observed',
          render: source =>
            source.observedAt ? (
              <RelativeTime at={source.observedAt} />
            ) : (
              'never'
            ),
        },
        {
          title: 'Valid until',
          render: source =>
            source.expiresAt ? (
              <RelativeTime at={source.expiresAt} />
            ) : (
              'the next reading'
            ),
        },
        {
          title: 'Problem',
          prose: true,
          render: source => <Trouble source={source} />,
        },
      ]}
    />
  );
}
