import { makeStyles } from '@material-ui/core/styles';
import { Children, ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
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
}) {
  const { label, children, marked } = props;
  const classes = useStyles();
  return (
    <ul
      aria-label={label}
      className={`${classes.list} ${marked ? classes.marked : ''}`}
    >
      {Children.map(children, child => (
        <li className={classes.item}>{child}</li>
      ))}
    </ul>
  );
}
