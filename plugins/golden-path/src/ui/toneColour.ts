import type { Theme } from '@material-ui/core/styles';
import type { Tone } from '../format/tone';

/** The one place in which a tone gets its colour. */
export function toneColour(theme: Theme, tone: Tone): string {
  switch (tone) {
    case 'good':
      return theme.palette.status.ok;
    case 'bad':
      return theme.palette.status.error;
    case 'warn':
      return theme.palette.status.warning;
    case 'busy':
      return theme.palette.status.running;
    case 'unsure':
      return theme.palette.status.aborted;
    default:
      return theme.palette.textSubtle;
  }
}
