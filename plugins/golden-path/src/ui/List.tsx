import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Children, ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexDirection: 'column',
      listStyle: 'none',
      margin: 0,
      padding: 0,
      minWidth: 0,
    },
    marked: {
      listStyle: 'disc',
      paddingInlineStart: theme.spacing(2.5),
    },
    item: { minWidth: 0 },
  }),
  { name: 'GoldenPathList' },
);

/** Things of one kind, below each other; `marked` draws a dot before each. */
export function List(props: {
  label: string;
  children: ReactNode;
  marked?: boolean;
  /** In steps of the theme's spacing. */
  gap?: number;
}) {
  const { label, children, marked, gap = 0.5 } = props;
  const classes = useStyles();
  const theme = useTheme();
  return (
    <ul
      aria-label={label}
      className={`${classes.list} ${marked ? classes.marked : ''}`}
      style={{ gap: theme.spacing(gap) }}
    >
      {Children.map(children, child => (
        <li className={classes.item}>{child}</li>
      ))}
    </ul>
  );
}
