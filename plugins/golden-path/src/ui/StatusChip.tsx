import { Link } from '@backstage/core-components';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { Tone } from '../format/tone';
import { ToneIcon } from './ToneIcon';

const useStyles = makeStyles(
  theme => ({
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.25, 1, 0.25, 0.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.spacing(2),
      color: theme.palette.text.primary,
      fontSize: theme.typography.caption.fontSize,
      whiteSpace: 'nowrap',
    },
    link: {
      color: theme.palette.primary.main,
    },
    unsure: { borderStyle: 'dashed', borderColor: theme.palette.textSubtle },
  }),
  { name: 'GoldenPathStatusChip' },
);

/** A state in words with a shape and a colour; with `to` it leads to the evidence. */
export function StatusChip(props: {
  tone: Tone;
  label: string;
  meaning?: string;
  to?: string;
}) {
  const { tone, label, meaning, to } = props;
  const classes = useStyles();
  const className = `${classes.chip} ${
    tone === 'unsure' ? classes.unsure : ''
  }`;
  const chip = to ? (
    <Link
      to={to}
      className={`${className} ${classes.link}`}
      underline="always"
      data-tone={tone}
    >
      <ToneIcon tone={tone} />
      {label}
    </Link>
  ) : (
    <span className={className} data-tone={tone}>
      <ToneIcon tone={tone} />
      {label}
    </span>
  );
  return meaning ? <Tooltip title={meaning}>{chip}</Tooltip> : chip;
}
