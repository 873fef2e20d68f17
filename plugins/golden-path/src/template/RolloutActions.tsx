import { useApi } from '@backstage/core-plugin-api';
import type {
  Rollout,
  RolloutAction,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';
import {
  rolloutActions,
  rolloutActionWording,
  rolloutWording,
} from '../format/rollout';
import {
  ActionButton,
  Announcement,
  FailureNotice,
  FormDialog,
  Row,
  Text,
  TextInput,
} from '../ui';

const LONGEST_REASON = 1_000;

/** Buttons to pause, resume and cancel a roll-out; each says what it does and asks why. */
export function RolloutActions(props: {
  rollout: Rollout;
  onChanged: () => Promise<void>;
}) {
  const { rollout, onChanged } = props;
  const api = useApi(goldenPathApiRef);
  const [action, setAction] = useState<RolloutAction>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [result, setResult] = useState({ text: '', turn: 0 });
  const tooLong = reason.trim().length > LONGEST_REASON;

  const ask = (chosen: RolloutAction) => {
    setReason('');
    setFailure(undefined);
    setAction(chosen);
  };
  const act = async () => {
    if (!action || tooLong) {
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const after = await api.actOnRollout(
        rollout.id,
        action,
        reason.trim() || undefined,
      );
      setAction(undefined);
      setResult(({ turn }) => ({
        text: `The roll-out is ${rolloutWording(
          after.status,
        ).label.toLocaleLowerCase('en-GB')}.`,
        turn: turn + 1,
      }));
      await onChanged();
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'This'));
    }
    setBusy(false);
  };

  return (
    <>
      <Row>
        {rolloutActions(rollout.status).map(each => (
          <ActionButton
            key={each}
            onClick={() => ask(each)}
            label={`${rolloutActionWording(each).label} the roll-out of ${
              rollout.version
            }`}
          >
            {rolloutActionWording(each).label}
          </ActionButton>
        ))}
      </Row>
      <Announcement text={result.text || undefined} turn={result.turn} />
      {action ? (
        <FormDialog
          title={`${rolloutActionWording(action).label} the roll-out of ${
            rollout.version
          }?`}
          confirm={rolloutActionWording(action).confirm}
          dismiss="Leave it as it is"
          busy={busy}
          onConfirm={act}
          onClose={() => setAction(undefined)}
        >
          <Text>{rolloutActionWording(action).effect}</Text>
          <TextInput
            label="Reason"
            value={reason}
            onChange={setReason}
            lines={2}
            problem={tooLong ? 'Write at most 1,000 characters.' : undefined}
            help="Shown beside the roll-out, for everybody to read. May be empty."
          />
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
