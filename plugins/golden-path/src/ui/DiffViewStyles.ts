import { alpha, makeStyles } from '@material-ui/core/styles';

/** Colours and widths of a diff, from the theme; the class names inside are those of react-diff-view. */
export const useDiffStyles = makeStyles(
  theme => {
    const added = theme.palette.status.ok;
    const removed = theme.palette.status.error;
    const dark = theme.palette.type === 'dark';
    const weak = dark ? 0.18 : 0.14;
    const strong = dark ? 0.45 : 0.38;
    return {
      frame: {
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: theme.shape.borderRadius,
        backgroundColor: theme.palette.background.paper,
        color: theme.palette.text.primary,
        maxHeight: '70vh',
        maxWidth: '100%',
        overflow: 'auto',
        // What is hidden for the eye must not widen the page.
        position: 'relative',
        '&:focus-visible': {
          outline: `2px solid ${theme.palette.primary.main}`,
          outlineOffset: 2,
        },
        '& .diff': {
          width: '100%',
          tableLayout: 'fixed',
          borderCollapse: 'collapse',
          fontFamily: 'monospace',
          fontSize: 13,
          lineHeight: 1.5,
        },
        '& .diff-gutter-col': {
          width: '7ch',
          [theme.breakpoints.down('xs')]: { width: '5ch' },
        },
        '& td, & th': { padding: 0, verticalAlign: 'top' },
        '& .diff-gutter': {
          padding: theme.spacing(0, 0.5),
          color: theme.palette.textSubtle,
          textAlign: 'right',
          userSelect: 'none',
          whiteSpace: 'nowrap',
          [theme.breakpoints.down('xs')]: { fontSize: 11 },
        },
        '& .diff-code': {
          paddingLeft: theme.spacing(1),
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          tabSize: 4,
        },
        '& .diff-gutter-insert, & .diff-code-insert': {
          backgroundColor: alpha(added, weak),
        },
        '& .diff-gutter-delete, & .diff-code-delete': {
          backgroundColor: alpha(removed, weak),
        },
        '& .diff-gutter-insert, & .diff-gutter-delete': {
          color: theme.palette.text.primary,
        },
        '& .diff-code-insert .diff-code-edit': {
          backgroundColor: alpha(added, strong),
        },
        '& .diff-code-delete .diff-code-edit': {
          backgroundColor: alpha(removed, strong),
        },
        '& .diff-split .diff-gutter:nth-child(3)': {
          borderLeft: `1px solid ${theme.palette.divider}`,
        },
        '& .diff-decoration-content': {
          padding: theme.spacing(0.25, 1),
          color: theme.palette.textSubtle,
          backgroundColor: theme.palette.background.default,
          overflowWrap: 'anywhere',
        },
      },
    };
  },
  { name: 'GoldenPathDiffView' },
);
