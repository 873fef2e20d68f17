import { makeStyles } from '@material-ui/core/styles';
import { SafeLink } from './SafeLink';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      height: theme.spacing(2),
      border: `1px solid ${theme.palette.textSubtle}`,
      borderRadius: theme.shape.borderRadius,
      overflow: 'hidden',
    },
    part: {
      backgroundColor: theme.palette.primary.main,
      '& + &': { borderLeft: `2px solid ${theme.palette.background.paper}` },
    },
    none: {
      backgroundColor: 'transparent',
      backgroundImage: `repeating-linear-gradient(135deg, ${theme.palette.textSubtle} 0 2px, transparent 2px 6px)`,
    },
    list: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      listStyle: 'none',
      margin: theme.spacing(0.5, 0, 0),
      padding: 0,
    },
  }),
  { name: 'GoldenPathLevelBar' },
);

function percent(count: number, total: number) {
  return `${Math.round((count / total) * 100)}%`;
}

/** How many stand on each level: a bar for the eye, and words, each leading to those it counts. */
export function LevelBar(props: {
  /** Lowest first, those on no level before them as `none`. */
  counts: { level: string; count: number; to: string }[];
}) {
  const { counts } = props;
  const classes = useStyles();
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return <Text subtle>Nothing is scored yet.</Text>;
  }
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {counts.map(({ level, count }, index) =>
          count === 0 ? null : (
            <div
              key={level}
              className={`${classes.part} ${
                level === 'none' ? classes.none : ''
              }`}
              style={{
                flexGrow: count,
                opacity:
                  level === 'none' ? 1 : 0.4 + (0.6 * index) / counts.length,
              }}
            />
          ),
        )}
      </div>
      <ul className={classes.list} aria-label="By level, lowest first">
        {counts.map(({ level, count, to }) => (
          <li key={level}>
            <SafeLink
              to={to}
              label={`${count} on ${
                level === 'none' ? 'no level' : `level ${level}`
              }`}
            >
              {level === 'none' ? 'no level' : level}: {count}
            </SafeLink>{' '}
            <Text inline subtle variant="small">
              {percent(count, total)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
