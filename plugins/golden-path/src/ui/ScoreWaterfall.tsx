import { makeStyles } from '@material-ui/core/styles';
import type { ScoreChange } from '@goldenpath/engine';
import { changePartText } from '../format/scoreChange';
import { List } from './List';
import { Text } from './text';

const HALF = 40;

const useStyles = makeStyles(
  theme => ({
    part: {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    track: {
      position: 'relative',
      flex: `0 0 ${HALF * 2}px`,
      height: theme.spacing(1),
      backgroundImage: `linear-gradient(${theme.palette.textSubtle}, ${theme.palette.textSubtle})`,
      backgroundSize: '1px 100%',
      backgroundPosition: 'center',
      backgroundRepeat: 'no-repeat',
      [theme.breakpoints.down('xs')]: { display: 'none' },
    },
    bar: { position: 'absolute', insetBlock: 0 },
    up: { left: HALF, backgroundColor: theme.palette.status.ok },
    down: { right: HALF, backgroundColor: theme.palette.status.error },
  }),
  { name: 'GoldenPathScoreWaterfall' },
);

/** Where a change of score comes from, part by part; the bars repeat what the words say. */
export function ScoreWaterfall(props: { change: ScoreChange }) {
  const { raw, level, parts } = props.change;
  const classes = useStyles();
  const widest = Math.max(1, ...parts.map(part => Math.abs(part.raw)));
  return (
    <>
      {raw.from === null || raw.to === null ? (
        <Text subtle>
          {raw.to === null
            ? 'No check applies any more, so there is no score to compare.'
            : 'No check applied before, so there is no score to compare.'}
        </Text>
      ) : null}
      {level.from === level.to ? null : (
        <Text>
          Level {level.from ?? 'none'} → {level.to ?? 'none'}
        </Text>
      )}
      {parts.length > 0 ? (
        <List label="What the change comes from">
          {parts.map(part => (
            <div key={part.cause} className={classes.part}>
              <span className={classes.track} aria-hidden>
                <span
                  className={`${classes.bar} ${
                    part.raw < 0 ? classes.down : classes.up
                  }`}
                  style={{ width: (Math.abs(part.raw) / widest) * HALF }}
                />
              </span>
              <Text inline>{changePartText(part)}</Text>
            </div>
          ))}
        </List>
      ) : null}
    </>
  );
}
