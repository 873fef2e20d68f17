import { makeStyles, type Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type {
  TimelineItem,
  TimelineResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { shortDate } from '../format/time';
import { laneTitle, type TimelineKind } from '../format/timeline';
import { Text } from './text';
import { TimelineLane } from './TimelineLane';
import { placeLanes } from './timelineLayout';
import { TimelineLinks } from './TimelineLinks';

/** Where lanes are narrow, their names stand in them, in pixels. */
const NAME_ROOM = 16;
/** Dates under the lanes. */
const TICKS = 5;

const useStyles = makeStyles(
  theme => ({
    frame: {
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      columnGap: theme.spacing(1.5),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    titles: { [theme.breakpoints.down('xs')]: { display: 'none' } },
    title: { display: 'flex', alignItems: 'center' },
    // Room at both ends, so that no mark hangs over the edge.
    lanes: { position: 'relative', margin: theme.spacing(0, 1.5) },
    ticks: {
      display: 'flex',
      justifyContent: 'space-between',
      marginTop: theme.spacing(0.5),
    },
  }),
  { name: 'GoldenPathTimelineLanes' },
);

/** What happened over a window, a lane per kind. */
export function TimelineLanes(props: {
  window: TimelineResponse['window'];
  kinds: TimelineKind[];
  /** Oldest first. */
  items: TimelineItem[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  const { window, kinds, items, chosen, onChoose } = props;
  const classes = useStyles();
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const lanes = placeLanes(kinds, items, window, narrow ? NAME_ROOM : 0);
  const start = Date.parse(window.from);
  const length = Date.parse(window.to) - start;
  const days = Array.from({ length: TICKS }, (_, index) =>
    new Date(start + (length * index) / (TICKS - 1)).toISOString(),
  );
  return (
    <div className={classes.frame}>
      <div className={classes.titles} aria-hidden>
        {lanes.map(({ kind, height }) => (
          <div key={kind} className={classes.title} style={{ height }}>
            <Text inline variant="small">
              {laneTitle(kind)}
            </Text>
          </div>
        ))}
      </div>
      <div>
        <div className={classes.lanes}>
          <TimelineLinks
            lanes={lanes}
            height={lanes.reduce((sum, { height }) => sum + height, 0)}
          />
          {lanes.map(lane => (
            <TimelineLane
              key={lane.kind}
              lane={lane}
              chosen={chosen}
              onChoose={onChoose}
            />
          ))}
        </div>
        <div className={classes.ticks} aria-hidden>
          {days.map(day => (
            <Text key={day} inline subtle variant="small">
              {shortDate(day)}
            </Text>
          ))}
        </div>
      </div>
    </div>
  );
}
