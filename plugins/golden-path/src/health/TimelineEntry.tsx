import type { TimelineItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { fullTime } from '../format/time';
import {
  laneTitle,
  linkedItems,
  outcomeWording,
  timelineFacts,
} from '../format/timeline';
import { MetricEvidence } from '../entity/MetricEvidence';
import {
  ActionButton,
  Code,
  Heading,
  List,
  Row,
  SafeLink,
  Stack,
  StatusChip,
  Text,
} from '../ui';

/** When, what and how it ended, in a line. */
export function TimelineSummary(props: {
  item: TimelineItem;
  /** The title stands above it. */
  untitled?: boolean;
}) {
  const { item, untitled } = props;
  const outcome = outcomeWording(item);
  return (
    <Row inline gap={0.75}>
      <Text inline subtle>
        <time dateTime={item.at}>{fullTime(item.at)}</time>
      </Text>
      <Text inline>
        {laneTitle(item.kind)}
        {untitled ? '' : `: ${item.title}`}
      </Text>
      {outcome ? <StatusChip {...outcome} /> : null}
    </Row>
  );
}

/** All of an item: what it shipped, what it is linked to, and its events. */
export function TimelineEntry(props: {
  entityRef: string;
  item: TimelineItem;
  /** Everything on the time line, for what is linked. */
  items: TimelineItem[];
  onChoose?: (id: string) => void;
  titled?: boolean;
}) {
  const { entityRef, item, items, onChoose, titled } = props;
  const linked = linkedItems(item, items);
  const unseen = (item.linked ?? []).filter(
    id => !linked.some(other => [other.id, other.deploymentId].includes(id)),
  );
  const facts = timelineFacts(item);
  return (
    <Stack gap={0.5}>
      {titled ? (
        <>
          <Heading level={4}>{item.title}</Heading>
          <TimelineSummary item={item} untitled />
        </>
      ) : null}
      {item.until ? <Text>Ended {fullTime(item.until)}</Text> : null}
      {facts.length > 0 ? <Text>{facts.join(' · ')}</Text> : null}
      {item.sha ? (
        <Text subtle>
          Commit <Code>{item.sha.slice(0, 12)}</Code>
        </Text>
      ) : null}
      {linked.length + unseen.length > 0 ? (
        <List label="Linked to">
          {linked.map(other => (
            <Row key={other.id} gap={0.75}>
              <Text inline>Linked to</Text>
              {onChoose ? (
                <ActionButton onClick={() => onChoose(other.id)}>
                  {other.title}
                </ActionButton>
              ) : (
                <Text inline>
                  {other.title}, {fullTime(other.at)}
                </Text>
              )}
            </Row>
          ))}
          {unseen.map(id => (
            <Text key={id}>
              Linked to <Code>{id}</Code>, which is outside of this window
            </Text>
          ))}
        </List>
      ) : null}
      {item.url ? (
        <SafeLink to={item.url}>Open where it happened</SafeLink>
      ) : null}
      {item.evidence.length > 0 ? (
        <MetricEvidence entityRef={entityRef} ids={item.evidence} />
      ) : (
        <Text subtle>No event is kept behind this.</Text>
      )}
    </Stack>
  );
}
