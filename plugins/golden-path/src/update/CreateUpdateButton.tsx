import { ActionButton, FailureNotice, Row, Stack, Text } from '../ui';
import type { useCreateUpdate } from './useCreateUpdate';

/** The button that proposes a change to the service; where that cannot be done it says why. */
export function CreateUpdateButton(props: {
  children: string;
  noun: string;
  /** Why none can be opened where the service lies. */
  refusal: string | undefined;
  creating: ReturnType<typeof useCreateUpdate>;
  onCreate: () => void;
}) {
  const { children, noun, refusal, creating, onCreate } = props;
  const { busy, failure, allowed, checking } = creating;
  const needed =
    allowed || checking
      ? undefined
      : 'You need the permission golden-path.update.create; ask the platform team.';
  const reason = refusal
    ? `No ${noun} can be opened from here: ${refusal}`
    : needed;
  return (
    <Stack gap={1}>
      <Row>
        <ActionButton
          primary
          onClick={onCreate}
          disabled={busy || !allowed || refusal !== undefined}
          title={reason}
        >
          {busy ? 'Asking…' : children}
        </ActionButton>
      </Row>
      {reason ? <Text>{reason}</Text> : null}
      {failure ? <FailureNotice failure={failure} /> : null}
    </Stack>
  );
}
