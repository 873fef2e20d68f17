import type { SourceFreshness } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Wording } from '../format/tone';
import { DataTable } from './DataTable';
import { RelativeTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { Code, Text } from './text';

function stateOf(source: SourceFreshness, now: Date): Wording {
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
        { title: 'Problem', render: source => source.problem ?? 'None' },
      ]}
    />
  );
}
