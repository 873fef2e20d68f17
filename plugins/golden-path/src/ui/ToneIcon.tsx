import { useTheme } from '@material-ui/core/styles';
import Cancel from '@material-ui/icons/CancelOutlined';
import CheckCircle from '@material-ui/icons/CheckCircleOutline';
import Help from '@material-ui/icons/HelpOutline';
import RemoveCircle from '@material-ui/icons/RemoveCircleOutline';
import ReportProblem from '@material-ui/icons/ReportProblemOutlined';
import Schedule from '@material-ui/icons/Schedule';
import type { Tone } from '../format/tone';
import { toneColour } from './toneColour';

const ICONS = {
  good: CheckCircle,
  bad: Cancel,
  warn: ReportProblem,
  unsure: Help,
  busy: Schedule,
  neutral: RemoveCircle,
};

/** A shape and a colour per tone; decorative, always beside words. */
export function ToneIcon(props: { tone: Tone }) {
  const theme = useTheme();
  const Icon = ICONS[props.tone];
  return (
    <Icon
      aria-hidden
      fontSize="small"
      style={{ color: toneColour(theme, props.tone), flexShrink: 0 }}
    />
  );
}
