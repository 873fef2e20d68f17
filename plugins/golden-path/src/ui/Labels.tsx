import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    label: {
      padding: theme.spacing(0, 1),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.spacing(2),
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.8,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'GoldenPathLabels' },
);

/** Words that each stand for themselves. */
export function Labels(props: { label: string; words: string[] }) {
  const classes = useStyles();
  return (
    <ul aria-label={props.label} className={classes.list}>
      {props.words.map(word => (
        <li key={word} className={classes.label}>
          {word}
        </li>
      ))}
    </ul>
  );
}
