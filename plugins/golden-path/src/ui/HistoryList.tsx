import type { HistoryEntry } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Verdict } from '@goldenpath/engine';
import { countText } from '../format/count';
import { scoreText } from '../format/score';
import { fullTime } from '../format/time';
import { verdictWording } from '../format/verdict';
import { DataTable } from './DataTable';
import { Disclosure } from './Disclosure';
import { Stack } from './layout';
import { ScoreWaterfall } from './ScoreWaterfall';
import { Code, Text } from './text';

/** More changes than this are folded. */
const UNFOLDED = 6;

function verdictText(verdict: Verdict | null, absent: string) {
  return verdict ? verdictWording(verdict).label.toLowerCase() : absent;
}

function Changes(props: Pick<HistoryEntry, 'changes'>) {
  return (
    <ul style={{ margin: 0, paddingLeft: '1.2em' }}>
      {props.changes.map(change => (
        <li key={change.id}>
          <Code>{change.id}</Code> {verdictText(change.from, 'new')} →{' '}
          {verdictText(change.to, 'no longer checked')}
        </li>
      ))}
    </ul>
  );
}

/** The verdicts that changed, folded where there are many or where the waterfall has named them. */
function Verdicts(props: { entry: HistoryEntry }) {
  const { changes, change } = props.entry;
  const named = change !== undefined && change.parts.length > 0;
  if (changes.length === 0) {
    // Without an earlier score there is nothing that anything changed from
    return change ? null : <>First score under this path</>;
  }
  return changes.length > UNFOLDED || named ? (
    <Disclosure
      summary={
        <Text inline>{countText(changes.length, 'verdict')} changed</Text>
      }
    >
      <Changes changes={changes} />
    </Disclosure>
  ) : (
    <Changes changes={changes} />
  );
}

/** How the verdict on an entity changed, newest first. */
export function HistoryList(props: { items: HistoryEntry[] }) {
  if (props.items.length === 0) {
    return (
      <Text subtle>
        No change is recorded yet. The first appears once the entity is scored.
      </Text>
    );
  }
  return (
    <DataTable
      caption="Changes of the score"
      rows={props.items}
      idOf={entry => `history-${entry.path.name}-${entry.at}`}
      columns={[
        {
          title: 'When',
          render: entry => (
            <time dateTime={entry.at}>{fullTime(entry.at)}</time>
          ),
        },
        {
          title: 'Path',
          render: entry => `${entry.path.name} ${entry.path.version}`,
        },
        { title: 'Level', render: entry => entry.level ?? 'none' },
        { title: 'Score', render: entry => scoreText(entry.score) },
        {
          title: 'What changed',
          prose: true,
          render: entry => (
            <Stack gap={0.5}>
              {entry.change ? <ScoreWaterfall change={entry.change} /> : null}
              <Verdicts entry={entry} />
            </Stack>
          ),
        },
      ]}
    />
  );
}
