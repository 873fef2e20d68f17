import { makeStyles } from '@material-ui/core/styles';
import RadioButtonUnchecked from '@material-ui/icons/RadioButtonUnchecked';
import Stars from '@material-ui/icons/Stars';

const useStyles = makeStyles(
  theme => ({
    ladder: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    rung: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      padding: theme.spacing(0.5, 1.5, 0.5, 0.75),
      border: `1px dashed ${theme.palette.textSubtle}`,
      borderRadius: theme.shape.borderRadius,
      color: theme.palette.text.primary,
      ...theme.typography.body2,
    },
    reached: {
      borderStyle: 'solid',
      borderColor: theme.palette.status.ok,
      fontWeight: theme.typography.fontWeightBold as number,
    },
    name: { textTransform: 'capitalize' },
    state: { color: theme.palette.textSubtle, fontWeight: 'normal' },
    reachedIcon: { color: theme.palette.status.ok },
    openIcon: { color: theme.palette.textSubtle },
  }),
  { name: 'GoldenPathLevelLadder' },
);

/** The rungs of a path from the lowest up, those reached filled and said to be. */
export function LevelLadder(props: {
  levels: string[];
  level: string | null;
  nextLevel: string | null;
}) {
  const { levels, level, nextLevel } = props;
  const classes = useStyles();
  const top = level === null ? -1 : levels.indexOf(level);
  return (
    <ol className={classes.ladder} aria-label="Levels, lowest first">
      {levels.map((name, index) => {
        const reached = index <= top;
        const ahead = name === nextLevel ? 'next' : 'not reached';
        return (
          <li
            key={name}
            className={`${classes.rung} ${reached ? classes.reached : ''}`}
            aria-current={name === level ? 'step' : undefined}
          >
            {reached ? (
              <Stars
                aria-hidden
                fontSize="small"
                className={classes.reachedIcon}
              />
            ) : (
              <RadioButtonUnchecked
                aria-hidden
                fontSize="small"
                className={classes.openIcon}
              />
            )}
            <span className={classes.name}>{name}</span>
            <span className={classes.state}>{reached ? 'reached' : ahead}</span>
          </li>
        );
      })}
    </ol>
  );
}
