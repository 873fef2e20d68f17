import { makeStyles } from '@material-ui/core/styles';
import { linkedItems } from '../format/timeline';
import type { PlacedLane } from './timelineLayout';

const useStyles = makeStyles(
  theme => ({
    drawing: {
      position: 'absolute',
      left: 0,
      top: 0,
      width: '100%',
      overflow: 'visible',
      pointerEvents: 'none',
    },
    line: {
      stroke: theme.palette.status.error,
      strokeWidth: 1.5,
      strokeDasharray: '3 2',
      vectorEffect: 'non-scaling-stroke',
    },
  }),
  { name: 'GoldenPathTimelineLinks' },
);

/** Lines from releases to the incidents that are put down to them; the details of an item name the same. */
export function TimelineLinks(props: { lanes: PlacedLane[]; height: number }) {
  const { lanes, height } = props;
  const classes = useStyles();
  const placed = lanes.flatMap(lane => lane.items);
  const items = placed.map(({ item }) => item);
  const links = placed
    .filter(({ item }) => item.kind === 'deployment' && item.linked)
    .flatMap(release => {
      const linked = linkedItems(release.item, items);
      return placed
        .filter(({ item }) => item.kind === 'incident' && linked.includes(item))
        .map(incident => ({ release, incident }));
    });
  return (
    <svg
      className={classes.drawing}
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {links.map(({ release, incident }) => (
        <line
          key={`${release.item.id} ${incident.item.id}`}
          className={classes.line}
          x1={release.left}
          y1={release.middle}
          x2={incident.left}
          y2={incident.middle}
        />
      ))}
    </svg>
  );
}
