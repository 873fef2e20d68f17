import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import type { Failure } from '../format/failure';
import type { Tone } from '../format/tone';
import { ActionButton } from './ActionButton';
import { Row, Stack } from './layout';
import { Text } from './text';
import { toneColour } from './toneColour';
import { ToneIcon } from './ToneIcon';

const useStyles = makeStyles(
  theme => ({
    notice: {
      display: 'flex',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderLeftWidth: 4,
      borderLeftColor: (props: { tone: Tone }) => toneColour(theme, props.tone),
      borderRadius: theme.shape.borderRadius,
      minWidth: 0,
    },
  }),
  { name: 'GoldenPathNotice' },
);

/** Something to know, with what to do next. Bad news interrupts a screen reader, the rest waits. */
export function Notice(props: {
  tone: Tone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { tone, title, children, action } = props;
  const classes = useStyles({ tone });
  return (
    <div className={classes.notice} role={tone === 'bad' ? 'alert' : 'status'}>
      <ToneIcon tone={tone} />
      <Stack gap={0.5}>
        <Text variant="strong">{title}</Text>
        {children}
        {action ? <Row>{action}</Row> : null}
      </Stack>
    </div>
  );
}

/** Why something is not shown, what to do next, and a way to try again. */
export function FailureNotice(props: {
  failure: Failure;
  onRetry?: () => void;
}) {
  const { failure, onRetry } = props;
  return (
    <Notice
      tone={failure.kind === 'forbidden' ? 'warn' : 'bad'}
      title={failure.title}
      action={
        onRetry ? <ActionButton onClick={onRetry}>Retry</ActionButton> : null
      }
    >
      <Text subtle>{failure.detail}</Text>
      <Text>{failure.next}</Text>
    </Notice>
  );
}
