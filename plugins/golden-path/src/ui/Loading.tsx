import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    bar: {
      marginTop: theme.spacing(1),
      '@media (prefers-reduced-motion: reduce)': {
        '& *': { animation: 'none !important' },
      },
    },
  }),
  { name: 'GoldenPathLoading' },
);

/** Work in progress, said in words. */
export function Loading(props: { children: string }) {
  const classes = useStyles();
  return (
    <div role="status">
      <Text>{props.children}</Text>
      <LinearProgress className={classes.bar} aria-hidden />
    </div>
  );
}
