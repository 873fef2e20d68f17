import type { SummaryItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';
import { entityName } from '../format/entityName';
import { inSentence } from '../format/failure';
import { scoreText } from '../format/score';
import { Disclosure, List, Stack, Text } from '../ui';
import { FleetRows } from './FleetRows';
import { FleetState, isNarrowed, NONE } from './fleetState';
import { GroupNode, groupTree } from './groupTree';
import { useFleetRows } from './useFleetRows';
import type { FleetChange } from './useFleetState';

interface GroupsProps {
  groupBy: 'owner' | 'system';
  state: FleetState;
  levels: string[];
  manyPaths: boolean;
  change: FleetChange;
  clearHref: string;
}

/** What marks the list of a group that has groups below it, among the keys of opened groups. */
const ALL = '*';

function nameOf(item: SummaryItem, groupBy: 'owner' | 'system') {
  if (item.key !== null) {
    return entityName(item.key);
  }
  return groupBy === 'owner' ? 'Without an owner' : 'In no system';
}

function captionOf(item: SummaryItem, groupBy: 'owner' | 'system') {
  const name = nameOf(item, groupBy);
  return item.key === null
    ? `Entities ${inSentence(name)}`
    : `Entities of ${name}`;
}

function levelsText(item: SummaryItem, levels: string[]): string {
  const known = [...levels].reverse();
  const others = Object.keys(item.levels).filter(
    level => level !== NONE && !levels.includes(level),
  );
  return [...known, ...others, NONE]
    .filter(level => (item.levels[level] ?? 0) > 0)
    .map(
      level =>
        `${item.levels[level]} ${level === NONE ? 'on no level' : level}`,
    )
    .join(', ');
}

function Header(props: { node: GroupNode } & GroupsProps) {
  const { node, groupBy, levels } = props;
  const { item } = node;
  const score = scoreText(item.score);
  return (
    <>
      <Text inline variant="strong">
        {nameOf(item, groupBy)}
      </Text>{' '}
      <Text inline subtle>
        {[
          countText(item.scorecards, 'entity', 'entities'),
          levelsText(item, levels),
          score === 'No score' ? 'no score' : `mean score ${score}`,
          `${item.failing} failing`,
          `${item.unknown} not known`,
          `${item.waived} waived`,
        ]
          .filter(part => part !== '')
          .join(' · ')}
      </Text>
    </>
  );
}

function GroupRows(props: { node: GroupNode } & GroupsProps) {
  const { node, groupBy, state, manyPaths, change, clearHref } = props;
  const rows = useFleetRows({ ...state, [groupBy]: node.item.key ?? NONE });
  return (
    <FleetRows
      caption={captionOf(node.item, groupBy)}
      state={state}
      rows={rows}
      manyPaths={manyPaths}
      change={change}
      clearHref={clearHref}
    />
  );
}

function Group(props: { node: GroupNode } & GroupsProps) {
  const { node, ...rest } = props;
  const { state, change, groupBy } = rest;
  const key = node.item.key ?? NONE;
  const allKey = `${key}${ALL}`;
  const toggle = (which: string) => (open: boolean) =>
    change({
      open: open
        ? [...state.open, which]
        : state.open.filter(opened => opened !== which),
    });
  return (
    <Disclosure
      open={state.open.includes(key)}
      onToggle={toggle(key)}
      summary={<Header node={node} {...rest} />}
    >
      {node.children.length === 0 ? (
        <GroupRows node={node} {...rest} />
      ) : (
        <Stack>
          <List label={`Groups below ${nameOf(node.item, groupBy)}`}>
            {node.children.map(child => (
              <Group key={child.item.key ?? NONE} node={child} {...rest} />
            ))}
          </List>
          <Disclosure
            open={state.open.includes(allKey)}
            onToggle={toggle(allKey)}
            summary={
              <Text inline>
                All {countText(node.item.scorecards, 'entity', 'entities')} of{' '}
                {nameOf(node.item, groupBy)} and of the groups below,{' '}
                {node.item.direct} of its own
              </Text>
            }
          >
            <GroupRows node={node} {...rest} />
          </Disclosure>
        </Stack>
      )}
    </Disclosure>
  );
}

/** The fleet by owner or system, as a tree; a group's entities are loaded when it is opened. */
export function FleetGroups(props: { items: SummaryItem[] } & GroupsProps) {
  const { items, ...rest } = props;
  const { groupBy, state } = rest;
  const tree = groupTree(items, state[groupBy]);
  if (tree.length === 0) {
    return <Text>No group has an entity that is scored.</Text>;
  }
  return (
    <Stack>
      {isNarrowed(state) ? (
        <Text subtle>
          The numbers beside a group are of all its entities; the filters narrow
          the lists inside.
        </Text>
      ) : null}
      <List label={groupBy === 'owner' ? 'By owner' : 'By system'}>
        {tree.map(node => (
          <Group key={node.item.key ?? NONE} node={node} {...rest} />
        ))}
      </List>
    </Stack>
  );
}
