import { useApi } from '@backstage/core-plugin-api';
import {
  waiverDecisionSchema,
  type WaiverAction,
  type WaiverRecord,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { entityName } from '../format/entityName';
import { describeActionFailure, Failure } from '../format/failure';
import { waiverActionWording, waiverWording } from '../format/waiver';
import {
  ActionButton,
  FailureNotice,
  FormDialog,
  Row,
  Text,
  TextInput,
} from '../ui';

/** The buttons for what the viewer may do with an exception; each asks for a note and says what it will do. */
export function WaiverActions(props: {
  waiver: WaiverRecord;
  /** After the backend decided; gets what happened as a sentence. */
  onDone: (sentence: string) => Promise<void> | void;
}) {
  const { waiver, onDone } = props;
  const api = useApi(goldenPathApiRef);
  const [action, setAction] = useState<WaiverAction>();
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const what = `${waiver.check} for ${entityName(waiver.entityRef)}`;

  const start = (chosen: WaiverAction) => {
    setNote('');
    setProblem(undefined);
    setFailure(undefined);
    setAction(chosen);
  };

  const decide = async () => {
    if (!action) {
      return;
    }
    const decision = waiverDecisionSchema.safeParse({
      note: note.trim() === '' ? undefined : note,
    });
    if (!decision.success) {
      setProblem('Write at most 1,000 characters.');
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const decided = await api.decideWaiver(
        waiver.id,
        action,
        decision.data.note,
      );
      setAction(undefined);
      setBusy(false);
      await onDone(`${waiverWording(decided.status).label}: ${what}.`);
    } catch (thrown) {
      setBusy(false);
      setFailure(describeActionFailure(thrown, 'The decision'));
    }
  };

  if (waiver.actions.length === 0) {
    return null;
  }
  return (
    <>
      <Row>
        {waiver.actions.map(each => (
          <ActionButton
            key={each}
            onClick={() => start(each)}
            label={`${waiverActionWording(each).label} ${what}`}
          >
            {waiverActionWording(each).label}
          </ActionButton>
        ))}
      </Row>
      {action ? (
        <FormDialog
          title={`${
            waiverActionWording(action).label
          } the exception from ${what}?`}
          confirm={waiverActionWording(action).label}
          busy={busy}
          onConfirm={decide}
          onClose={() => setAction(undefined)}
        >
          <Text>{waiverActionWording(action).effect}</Text>
          <TextInput
            label="Note"
            value={note}
            onChange={setNote}
            lines={2}
            problem={problem}
            help="Kept with the decision, for everybody to read. May be empty."
          />
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
