import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathWaiverRequestPermission } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';
import {
  ActionButton,
  Announcement,
  FailureNotice,
  FormDialog,
  Row,
  Text,
  TextInput,
} from '../ui';
import { checkWaiverDraft, utcDay, WaiverProblems } from './waiverForm';

const EMPTY = { reason: '', expires: '', owner: '' };

/** Asks that one check be waived for one entity. */
export function AskForWaiver(props: {
  entityRef: string;
  path: string;
  check: { id: string; title: string };
  /** False while one waits already; what came of asking stays on screen. */
  offered: boolean;
  /** After the backend took the request. */
  onAsked: () => Promise<void>;
}) {
  const { entityRef, path, check, offered, onAsked } = props;
  const api = useApi(goldenPathApiRef);
  const permission = usePermission({
    permission: goldenPathWaiverRequestPermission,
  });
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<WaiverProblems>({});
  const [failure, setFailure] = useState<Failure>();
  const [result, setResult] = useState({ text: '', turn: 0 });
  const write = (field: keyof typeof draft) => (value: string) => {
    setDraft(before => ({ ...before, [field]: value }));
    setProblems(before => ({ ...before, [field]: undefined }));
  };

  const send = async () => {
    const checked = checkWaiverDraft(
      draft,
      { entityRef, path, check: check.id },
      new Date(),
    );
    if ('problems' in checked) {
      setProblems(checked.problems);
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const waiver = await api.requestWaiver(checked.request);
      setOpen(false);
      setDraft(EMPTY);
      setResult(({ turn }) => ({
        text:
          waiver.status === 'pending'
            ? 'Asked for. The exception waits for approval and changes nothing until then.'
            : `The exception is ${waiver.status}.`,
        turn: turn + 1,
      }));
      await onAsked();
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The request'));
    }
    setBusy(false);
  };

  return (
    <>
      {offered ? (
        <Row>
          <ActionButton
            onClick={() => setOpen(true)}
            disabled={!permission.allowed}
            label={`Ask for an exception from ${check.title}`}
            title={
              permission.allowed
                ? undefined
                : 'You need the permission golden-path.waiver.request; ask the platform team'
            }
          >
            Ask for an exception
          </ActionButton>
        </Row>
      ) : null}
      <Announcement text={result.text || undefined} turn={result.turn} />
      {open ? (
        <FormDialog
          title={`Ask for an exception from ${check.id}: ${check.title}`}
          confirm={busy ? 'Asking…' : 'Ask'}
          busy={busy}
          onConfirm={send}
          onClose={() => setOpen(false)}
        >
          <Text>
            The check is left out of the adjusted score once somebody approves,
            until the day has ended. The raw score stays as it is.
          </Text>
          <TextInput
            label="Reason"
            value={draft.reason}
            onChange={write('reason')}
            lines={3}
            required
            problem={problems.reason}
            help="Why the check cannot be met now, and what is done about it. At least 10 characters."
          />
          <TextInput
            label="Holds until"
            kind="date"
            value={draft.expires}
            onChange={write('expires')}
            required
            min={utcDay(new Date())}
            problem={problems.expires}
            help="Its last day, in UTC."
          />
          <TextInput
            label="Owner"
            value={draft.owner}
            onChange={write('owner')}
            problem={problems.owner}
            help="Who answers for it, such as group:default/shop. Empty: you."
          />
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
