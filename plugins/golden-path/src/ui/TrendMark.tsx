import { makeStyles, useTheme } from '@material-ui/core/styles';
import TrendingDown from '@material-ui/icons/TrendingDown';
import TrendingFlat from '@material-ui/icons/TrendingFlat';
import TrendingUp from '@material-ui/icons/TrendingUp';
import type { Trend } from '../format/trend';
import { Text, VisuallyHidden } from './text';
import { toneColour } from './toneColour';

const ICONS = { up: TrendingUp, down: TrendingDown, level: TrendingFlat };
const WIDTH = 48;
const HEIGHT = 16;

const useStyles = makeStyles(
  theme => ({
    mark: {
      display: 'inline-flex',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5),
      minWidth: 0,
    },
    spark: { width: WIDTH, height: HEIGHT, flexShrink: 0 },
    line: {
      fill: 'none',
      stroke: theme.palette.textSubtle,
      strokeWidth: 1.5,
    },
  }),
  { name: 'GoldenPathTrendMark' },
);

/** Where a metric came from: an arrow that points the way of the number, and words that say whether that is good. */
export function TrendMark(props: { trend: Trend; spark?: boolean }) {
  const { trend, spark } = props;
  const classes = useStyles();
  const theme = useTheme();
  const Icon = ICONS[trend.direction];
  return (
    <span className={classes.mark} title={trend.before}>
      <Icon
        aria-hidden
        fontSize="small"
        style={{ color: toneColour(theme, trend.tone), flexShrink: 0 }}
      />
      {spark && trend.points.length > 2 ? (
        <Spark points={trend.points} classes={classes} />
      ) : null}
      <Text inline variant="small" subtle>
        {trend.words}
        {spark ? (
          `, ${trend.before}`
        ) : (
          <VisuallyHidden>, {trend.before}</VisuallyHidden>
        )}
      </Text>
    </span>
  );
}

function Spark(props: {
  points: number[];
  classes: Record<'spark' | 'line', string>;
}) {
  const { points, classes } = props;
  const low = Math.min(...points);
  const range = Math.max(...points) - low || 1;
  const at = points.map((point, index) => {
    const x = 1 + (index / (points.length - 1)) * (WIDTH - 4);
    const y = HEIGHT - 3 - ((point - low) / range) * (HEIGHT - 6);
    return [x, y] as const;
  });
  const [lastX, lastY] = at[at.length - 1];
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden
    >
      <polyline
        className={classes.line}
        points={at.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
      />
      <circle cx={lastX} cy={lastY} r={2} fill="currentColor" />
    </svg>
  );
}
