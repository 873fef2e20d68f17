import { useApi } from '@backstage/core-plugin-api';
import { acknowledgeAnomalySchema } from '@goldenpath/backstage-plugin-golden-path-common';
import type { Anomaly } from '@goldenpath/engine';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { anomalyTitle } from '../format/anomaly';
import { describeActionFailure, type Failure } from '../format/failure';
import {
  ActionButton,
  FailureNotice,
  FormDialog,
  Row,
  Text,
  TextInput,
} from '../ui';

/** Takes an anomaly as the new normal, after saying what that means. */
export function AcknowledgeAnomaly(props: {
  entityRef: string;
  anomaly: Anomaly;
  /** Gets the anomaly as the backend has it now. */
  onDone: (anomaly: Anomaly) => Promise<void>;
}) {
  const { entityRef, anomaly, onDone } = props;
  const api = useApi(goldenPathApiRef);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const title = anomalyTitle(anomaly);

  const start = () => {
    setProblem(undefined);
    setFailure(undefined);
    setOpen(true);
  };
  const send = async () => {
    const body = acknowledgeAnomalySchema.safeParse({ reason: reason.trim() });
    if (!body.success) {
      setProblem('Write why, in at most 1,000 characters.');
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const after = await api.acknowledgeAnomaly(
        entityRef,
        anomaly.id,
        body.data,
      );
      setOpen(false);
      setBusy(false);
      await onDone(after);
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The acknowledgement'));
      setBusy(false);
    }
  };

  return (
    <>
      <Row>
        <ActionButton onClick={start} label={`Acknowledge ${title}`}>
          Acknowledge…
        </ActionButton>
      </Row>
      {open ? (
        <FormDialog
          title={`Take ${title} as the new normal?`}
          confirm={busy ? 'Acknowledging…' : 'Acknowledge'}
          busy={busy}
          onConfirm={send}
          onClose={() => setOpen(false)}
        >
          <Text>
            The baseline of this metric starts anew where the anomaly began, so
            that it no longer stands out. Until enough history has gathered
            again, nothing can stand out in it. The number itself stays as it
            is.
          </Text>
          <TextInput
            label="Reason"
            value={reason}
            onChange={value => {
              setReason(value);
              setProblem(undefined);
            }}
            lines={2}
            required
            problem={problem}
            help="What explains it. Kept with your name, for everybody to read."
          />
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
