import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { TimelineItem } from '@goldenpath/backstage-plugin-golden-path-common';
import { type KeyboardEvent, useRef, useState } from 'react';
import { fullTime } from '../format/time';
import { laneCount, laneTitle, outcomeWording } from '../format/timeline';
import { Text, VisuallyHidden } from './text';
import { MARK_SIZE, type PlacedItem, type PlacedLane } from './timelineLayout';
import { TimelineMark } from './TimelineMark';

const useStyles = makeStyles(
  theme => ({
    lane: {
      position: 'relative',
      margin: theme.spacing(0, -1.5),
      boxSizing: 'border-box',
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    // Its name stands beside it where there is room, and in it where there is none.
    name: {
      position: 'absolute',
      left: 0,
      top: 2,
      pointerEvents: 'none',
      [theme.breakpoints.up('sm')]: { display: 'none' },
    },
    track: {
      position: 'absolute',
      inset: theme.spacing(0, 1.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    none: {
      position: 'absolute',
      inset: theme.spacing(0, 1.5),
      display: 'flex',
      alignItems: 'center',
    },
    item: { position: 'absolute', height: MARK_SIZE },
    bar: {
      position: 'absolute',
      left: 0,
      width: '100%',
      top: '50%',
      height: 6,
      marginTop: -3,
      backgroundColor: theme.palette.textSubtle,
      opacity: 0.5,
    },
    button: {
      position: 'absolute',
      left: -MARK_SIZE / 2,
      top: 0,
      width: MARK_SIZE,
      height: MARK_SIZE,
      borderRadius: '50%',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
      },
    },
    chosen: {
      boxShadow: `0 0 0 2px ${theme.palette.text.primary}`,
      backgroundColor: theme.palette.background.paper,
    },
  }),
  { name: 'GoldenPathTimelineLane' },
);

function itemLabel(item: TimelineItem): string {
  return [item.title, outcomeWording(item)?.label, fullTime(item.at)]
    .filter(Boolean)
    .join(', ');
}

/** Which neighbour a key leads to; `undefined` for a key that leads nowhere. */
function keyTarget(key: string, index: number, last: number) {
  const targets: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(last, Math.max(0, target));
}

/** Things of one kind. The tab key reaches them once, the arrow keys go along them, and Enter chooses. */
export function TimelineLane(props: {
  lane: PlacedLane;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  const { lane, chosen, onChoose } = props;
  const { kind, items, top, height } = lane;
  const classes = useStyles();
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState<string>();
  const last = items.length - 1;
  const known = items.findIndex(({ item }) => item.id === stop);
  const current = known < 0 ? last : known;

  const go = (event: KeyboardEvent, index: number) => {
    const target = keyTarget(event.key, index, last);
    if (target !== undefined) {
      event.preventDefault();
      setStop(items[target].item.id);
      list.current?.querySelectorAll('button')[target]?.focus();
    }
  };

  if (items.length === 0) {
    return (
      <div className={classes.lane} style={{ height }}>
        <div className={classes.none}>
          <Text inline subtle variant="small">
            <VisuallyHidden>{laneTitle(kind)}: </VisuallyHidden>none reported
          </Text>
        </div>
        <LaneName kind={kind} />
      </div>
    );
  }
  return (
    <div className={classes.lane} style={{ height }}>
      <LaneName kind={kind} />
      <ul
        ref={list}
        className={classes.track}
        aria-label={`${laneTitle(kind)}: ${laneCount(kind, items.length)}`}
      >
        {items.map((placed, index) => (
          <LaneItem
            key={placed.item.id}
            placed={placed}
            top={placed.middle - top - MARK_SIZE / 2}
            chosen={placed.item.id === chosen}
            reachable={index === current}
            onKeyDown={event => go(event, index)}
            onFocus={() => setStop(placed.item.id)}
            onChoose={() => onChoose(placed.item.id)}
          />
        ))}
      </ul>
    </div>
  );
}

function LaneName(props: { kind: PlacedLane['kind'] }) {
  const classes = useStyles();
  return (
    <span className={classes.name} aria-hidden>
      <Text inline subtle variant="small">
        {laneTitle(props.kind)}
      </Text>
    </span>
  );
}

function LaneItem(props: {
  placed: PlacedItem;
  top: number;
  chosen: boolean;
  /** By the tab key; the others by the arrow keys. */
  reachable: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onChoose: () => void;
}) {
  const { placed, top, chosen, reachable } = props;
  const { onKeyDown, onFocus, onChoose } = props;
  const { item, left, width } = placed;
  const classes = useStyles();
  const tone = outcomeWording(item)?.tone ?? 'neutral';
  return (
    <li
      className={classes.item}
      style={{
        left: `${left}%`,
        width: width === undefined ? 0 : `${width}%`,
        top,
        // Where marks lie on each other, what went wrong is on top
        zIndex: tone === 'neutral' ? undefined : 1,
      }}
    >
      {width === undefined ? null : <span className={classes.bar} />}
      <ButtonBase
        className={`${classes.button} ${chosen ? classes.chosen : ''}`}
        aria-label={itemLabel(item)}
        aria-pressed={chosen}
        title={itemLabel(item)}
        tabIndex={reachable ? 0 : -1}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onChoose}
        disableRipple
      >
        <TimelineMark item={item} />
      </ButtonBase>
    </li>
  );
}
