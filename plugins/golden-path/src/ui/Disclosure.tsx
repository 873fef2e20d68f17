import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { ReactNode, useEffect, useId, useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    button: {
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'flex-start',
      gap: theme.spacing(0.5),
      textAlign: 'left',
      maxWidth: '100%',
      // The arrow's own margin would set it off from the text above.
      marginLeft: -theme.spacing(0.75),
      padding: theme.spacing(0.25, 0.5, 0.25, 0),
      borderRadius: theme.shape.borderRadius,
      font: 'inherit',
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
    summary: { minWidth: 0, overflowWrap: 'anywhere' },
    // A number stays under its right-aligned head, its arrow before it.
    end: {
      textAlign: 'right',
      '& $button': { display: 'inline-flex', alignItems: 'center' },
      '& $body': { paddingLeft: 0 },
    },
    body: { padding: theme.spacing(1, 0, 1, 2.75), minWidth: 0 },
  }),
  { name: 'GoldenPathDisclosure' },
);

/**
 * A line that opens what stands behind it. `open` opens it from outside, such as by the address' hash; with `onToggle` it
 * is open exactly while `open` says so.
 */
export function Disclosure(props: {
  summary: ReactNode;
  children: ReactNode;
  id?: string;
  open?: boolean;
  onOpen?: () => void;
  onToggle?: (open: boolean) => void;
  /** Said in place of the summary, where that is a bare number. */
  label?: string;
  /** For a cell of numbers. */
  end?: boolean;
}) {
  const { summary, children, id, open: wanted = false, label, end } = props;
  const { onOpen, onToggle } = props;
  const classes = useStyles();
  const bodyId = useId();
  const [ownOpen, setOpen] = useState(wanted);
  const open = onToggle ? wanted : ownOpen;

  useEffect(() => {
    if (wanted) {
      setOpen(true);
    }
  }, [wanted]);

  const toggle = () => {
    if (!open) {
      onOpen?.();
    }
    setOpen(!open);
    onToggle?.(!open);
  };

  return (
    <div id={id} className={end ? classes.end : undefined}>
      <ButtonBase
        className={classes.button}
        aria-expanded={open}
        aria-label={label}
        aria-controls={bodyId}
        onClick={toggle}
        disableRipple
      >
        {open ? <ExpandMore aria-hidden /> : <ChevronRight aria-hidden />}
        <span className={classes.summary}>{summary}</span>
      </ButtonBase>
      <div id={bodyId} className={classes.body} hidden={!open}>
        {open ? children : null}
      </div>
    </div>
  );
}
