import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import { makeStyles } from '@material-ui/core/styles';
import type { Rollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { Text } from './text';

const useStyles = makeStyles(
  theme => ({
    choice: { marginRight: 0 },
    box: { padding: theme.spacing(0.5, 1, 0.5, 1.25) },
  }),
  { name: 'GoldenPathRolloutPauseInput' },
);

type PauseOn = Rollout['pauseOn'];

const CONDITIONS: { key: keyof PauseOn; label: string }[] = [
  {
    key: 'failingPipelines',
    label: 'a pipeline fails on the branch of an update',
  },
  {
    key: 'fallingHealth',
    label: 'the delivery health of an updated service falls',
  },
];

/** What makes a roll-out pause by itself. */
export function RolloutPauseInput(props: {
  value: PauseOn;
  onChange: (value: PauseOn) => void;
}) {
  const { value, onChange } = props;
  const classes = useStyles();
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">Pause when</FormLabel>
      <FormGroup>
        {CONDITIONS.map(({ key, label }) => (
          <FormControlLabel
            key={key}
            className={classes.choice}
            control={
              <Checkbox
                size="small"
                color="primary"
                className={classes.box}
                checked={value[key]}
                onChange={(_, checked) =>
                  onChange({ ...value, [key]: checked })
                }
              />
            }
            label={<Text inline>{label}</Text>}
          />
        ))}
      </FormGroup>
    </FormControl>
  );
}
