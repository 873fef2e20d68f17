import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { VisuallyHidden } from './text';

const useStyles = makeStyles(
  theme => ({
    label: {
      color: theme.palette.textSubtle,
      fontSize: theme.typography.caption.fontSize,
      '&.Mui-focused': { color: theme.palette.textSubtle },
    },
    group: { gap: theme.spacing(0, 2) },
    option: {
      margin: 0,
      marginLeft: -theme.spacing(0.5),
      '& .MuiFormControlLabel-label': theme.typography.body2,
    },
    radio: {
      padding: theme.spacing(0.5),
      '&.Mui-focusVisible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
  }),
  { name: 'GoldenPathRadioChoice' },
);

/** One of a few answers to a question, side by side; the arrow keys move between them. */
export function RadioChoice<T extends string>(props: {
  /** The question; `hideLabel` leaves it to screen readers. */
  label: string;
  hideLabel?: boolean;
  /** `undefined` while nothing is chosen. */
  value: T | undefined;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  const { label, hideLabel, value, options, onChange } = props;
  const classes = useStyles();
  const labelId = useId();
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend" id={labelId} className={classes.label}>
        {hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
      </FormLabel>
      <RadioGroup
        row
        aria-labelledby={labelId}
        className={classes.group}
        value={value ?? ''}
        onChange={(_, next) => {
          const chosen = options.find(option => option.value === next);
          if (chosen) {
            onChange(chosen.value);
          }
        }}
      >
        {options.map(option => (
          <FormControlLabel
            key={option.value}
            className={classes.option}
            value={option.value}
            label={option.label}
            control={
              <Radio size="small" color="primary" className={classes.radio} />
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
