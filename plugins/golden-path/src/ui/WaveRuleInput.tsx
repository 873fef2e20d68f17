import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import type { WaveRule } from '@goldenpath/backstage-plugin-golden-path-common';
import { useId } from 'react';
import { WAVE_RULES } from '../format/rollout';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    choice: {
      alignItems: 'flex-start',
      marginRight: 0,
      marginTop: theme.spacing(0.5),
    },
    radio: { padding: theme.spacing(0.25, 1, 0, 1.25) },
  }),
  { name: 'GoldenPathWaveRuleInput' },
);

/** How services are put into waves: one rule of a few, each explained. */
export function WaveRuleInput(props: {
  value: WaveRule;
  onChange: (value: WaveRule) => void;
}) {
  const { value, onChange } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">Waves</FormLabel>
      <RadioGroup
        name={`${id}-waves`}
        value={value}
        onChange={(_, chosen) => onChange(chosen as WaveRule)}
      >
        {WAVE_RULES.map(rule => (
          <FormControlLabel
            key={rule.value}
            value={rule.value}
            className={classes.choice}
            control={
              <Radio
                size="small"
                color="primary"
                className={classes.radio}
                inputProps={{
                  'aria-labelledby': `${id}-${rule.value}`,
                  'aria-describedby': `${id}-${rule.value}-about`,
                }}
              />
            }
            label={
              <>
                <Text inline id={`${id}-${rule.value}`}>
                  {rule.label}
                </Text>
                <Text variant="small" subtle id={`${id}-${rule.value}-about`}>
                  {rule.explanation}
                </Text>
              </>
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}
