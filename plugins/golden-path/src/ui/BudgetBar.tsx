import { makeStyles } from '@material-ui/core/styles';
import { budgetTone } from '../format/budget';
import type { Tone } from '../format/tone';
import { toneColour } from './toneColour';

const useStyles = makeStyles(
  theme => ({
    track: {
      height: theme.spacing(1),
      maxWidth: 400,
      border: `1px solid ${theme.palette.textSubtle}`,
      borderRadius: theme.shape.borderRadius,
      overflow: 'hidden',
    },
    left: {
      height: '100%',
      backgroundColor: (props: { tone: Tone }) => toneColour(theme, props.tone),
    },
  }),
  { name: 'GoldenPathBudgetBar' },
);

/** The share of a budget that is left, for the eye; the words stand beside it. */
export function BudgetBar(props: { remaining: number }) {
  const { remaining } = props;
  const classes = useStyles({ tone: budgetTone(remaining) });
  const share = Math.min(1, Math.max(0, remaining));
  return (
    <div className={classes.track} aria-hidden>
      <div className={classes.left} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
