import { makeStyles } from '@material-ui/core/styles';
import type { HealthReport, Metric } from '@goldenpath/engine';
import { BANDS, ladderText } from '../format/metric';
import { Text, VisuallyHidden } from './text';

const useStyles = makeStyles(
  theme => ({
    mark: {
      display: 'inline-flex',
      alignItems: 'baseline',
      gap: theme.spacing(0.5),
      whiteSpace: 'nowrap',
    },
    steps: { display: 'inline-flex', alignItems: 'flex-end', gap: 1 },
    step: {
      width: 4,
      boxSizing: 'border-box',
      border: `1px solid ${theme.palette.textSubtle}`,
    },
    reached: {
      backgroundColor: theme.palette.textSubtle,
    },
  }),
  { name: 'GoldenPathBandMark' },
);

/** A band of the ladder as steps and a word. Only for a metric that was judged. */
export function BandMark(props: {
  band: NonNullable<Metric['band']>;
  ladder: HealthReport['ladder'];
}) {
  const { band, ladder } = props;
  const classes = useStyles();
  const rung = BANDS.indexOf(band);
  return (
    <span
      className={classes.mark}
      title={`${band}, by the ${ladderText(ladder)}`}
    >
      <span className={classes.steps} aria-hidden>
        {BANDS.map((name, index) => (
          <span
            key={name}
            className={`${classes.step} ${
              index <= rung ? classes.reached : ''
            }`}
            style={{ height: 4 + index * 3 }}
          />
        ))}
      </span>
      <Text inline variant="small">
        <VisuallyHidden>Band: </VisuallyHidden>
        {band}
      </Text>
    </span>
  );
}
