import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.5, 0.5, 0.5, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.default,
    },
    text: {
      flex: 1,
      minWidth: 0,
      fontFamily: 'monospace',
      overflowWrap: 'break-word',
      whiteSpace: 'pre-wrap',
    },
  }),
  { name: 'GoldenPathCopyLine' },
);

/** A command or a secret with a button that copies it. `label` says what it is. */
export function CopyLine(props: { text: string; label: string }) {
  const classes = useStyles();
  return (
    <div className={classes.line}>
      <code className={classes.text}>{props.text}</code>
      <CopyTextButton
        text={props.text}
        aria-label={`Copy ${props.label}`}
        tooltipText="Copied"
        variant="tertiary"
      />
    </div>
  );
}
