import { makeStyles } from '@material-ui/core/styles';
import { Text } from './text';

const WIDTH = 300;
const HEIGHT = 48;

const useStyles = makeStyles(
  theme => ({
    figure: { margin: 0, maxWidth: WIDTH * 1.5 },
    drawing: {
      display: 'block',
      width: '100%',
      height: HEIGHT,
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    line: {
      fill: 'none',
      strokeWidth: 2,
      stroke: theme.palette.textSubtle,
      vectorEffect: 'non-scaling-stroke',
    },
    last: { stroke: theme.palette.primary.main },
    dashed: { strokeDasharray: '5 4' },
  }),
  { name: 'GoldenPathTrendLines' },
);

/** Numbers over time as small lines, the last one solid, with their ends in words. */
export function TrendLines(props: {
  title: string;
  lines: { name: string; values: number[] }[];
}) {
  const { title, lines } = props;
  const classes = useStyles();
  const top = Math.max(1, ...lines.flatMap(line => line.values));
  const points = (values: number[]) =>
    values
      .map((value, index) => {
        const x = (index / Math.max(1, values.length - 1)) * WIDTH;
        const y = HEIGHT - 2 - (value / top) * (HEIGHT - 4);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      })
      .join(' ');
  return (
    <figure className={classes.figure}>
      <svg
        className={classes.drawing}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
      >
        {lines.map(({ name, values }, index) => (
          <polyline
            key={name}
            className={`${classes.line} ${
              index === lines.length - 1 ? classes.last : classes.dashed
            }`}
            points={points(values)}
          />
        ))}
      </svg>
      <figcaption>
        <Text subtle inline variant="small">
          {title}:{' '}
          {lines
            .map(
              ({ name, values }, index) =>
                `${name} (${index === lines.length - 1 ? 'solid' : 'dashed'}) ${
                  values[0]
                } to ${values[values.length - 1]}`,
            )
            .join(', ')}
          .
        </Text>
      </figcaption>
    </figure>
  );
}
