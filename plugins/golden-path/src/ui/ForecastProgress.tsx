import LinearProgress from '@material-ui/core/LinearProgress';
import { Stack } from './layout';
import { Text } from './text';

/** How many services a dry run has tried; without a known number of them it only says that it is at work. */
export function ForecastProgress(props: { done: number; total: number }) {
  const { done, total } = props;
  const words =
    total === 0
      ? 'Reading the version and looking for its services…'
      : `${done.toLocaleString('en-GB')} of ${total.toLocaleString(
          'en-GB',
        )} services tried`;
  return (
    <Stack gap={1}>
      <Text>{words}</Text>
      <LinearProgress
        aria-label="Progress of the dry run"
        aria-valuetext={words}
        {...(total > 0
          ? { variant: 'determinate', value: (done / total) * 100 }
          : {})}
      />
    </Stack>
  );
}
