import Timeline from '@material-ui/icons/Timeline';

/** The plugin's icon in the navigation. */
export function GoldenPathIcon() {
  return <Timeline fontSize="inherit" aria-hidden />;
}
