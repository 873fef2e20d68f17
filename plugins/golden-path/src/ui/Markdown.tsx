import { MarkdownContent } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    text: {
      ...theme.typography.body2,
      minWidth: 0,
      overflowWrap: 'break-word',
      '& > :first-child': { marginTop: 0 },
      '& > :last-child': { marginBottom: 0 },
      // Below the headings of the page that the text stands on
      '& h1, & h2': {
        ...theme.typography.subtitle1,
        fontWeight: theme.typography.fontWeightBold,
        margin: theme.spacing(2, 0, 1),
      },
      '& h3, & h4, & h5, & h6': {
        ...theme.typography.subtitle2,
        margin: theme.spacing(1.5, 0, 0.5),
      },
      '& pre': { overflowX: 'auto' },
      // The highlighter's own colours are too faint on a dark ground.
      ...(theme.palette.type === 'dark' && {
        '& pre span': { color: 'inherit !important' },
      }),
      // The theme breaks words anywhere, which leaves parts of words in narrow cells.
      '& table': { display: 'block', maxWidth: '100%', overflowX: 'auto' },
      '& th, & td': {
        padding: theme.spacing(0.5, 1),
        lineHeight: 1.5,
        wordBreak: 'normal',
        overflowWrap: 'normal',
      },
    },
  }),
  { name: 'GoldenPathMarkdown' },
);

/** Text that somebody wrote in Markdown. Of HTML in it only what is harmless is drawn, and nothing is run. */
export function Markdown(props: { text: string }) {
  const classes = useStyles();
  return <MarkdownContent content={props.text} className={classes.text} />;
}
