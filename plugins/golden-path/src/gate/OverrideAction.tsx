import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { goldenPathGateOverridePermission } from '@goldenpath/backstage-plugin-golden-path-common';
import type { GateDecision } from '@goldenpath/engine';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { entityName } from '../format/entityName';
import { describeActionFailure, type Failure } from '../format/failure';
import { mayProceed, reasonText, shortSha } from '../format/gateDecision';
import { gateWording } from '../format/gate';
import { fullTime } from '../format/time';
import { useNow } from '../hooks/useNow';
import {
  ActionButton,
  Announcement,
  Code,
  FailureNotice,
  FormDialog,
  List,
  Prose,
  Row,
  Text,
  TextInput,
} from '../ui';
import {
  checkOverrideDraft,
  type OverrideDraft,
  type OverrideProblems,
} from './overrideForm';

const EMPTY: OverrideDraft = { reason: '', hours: '1' };

function reachText({ request }: GateDecision): string {
  const { environment, sha } = request;
  const name = entityName(request.entityRef);
  return sha
    ? `It is for ${name} in ${environment} with the commit ${shortSha(
        sha,
      )} only. Any other commit is judged by the rules.`
    : `It is for ${name} in ${environment} only. The gate was not told of a commit, so that it holds for every commit until it ends.`;
}

/** What an override means, before anybody gives one. */
function Consequences(props: { decision: GateDecision }) {
  const { decision } = props;
  return (
    <List label="What an override means" marked>
      <Text>{reachText(decision)}</Text>
      <Text>It ends by itself. The rules and the policy stay as they are.</Text>
      <Text>
        Your name, the reason and the time are written to the audit log and
        stand beside the decision, for everybody to read.
      </Text>
    </List>
  );
}

/**
 * Lets a person with the permission let a stopped deployment go ahead for a while, and says to everybody else who can.
 * Nothing where there is nothing to override, but what came of it stays on screen.
 */
export function OverrideAction(props: {
  decision: GateDecision;
  /** After the backend took the override. */
  onDone: () => Promise<void>;
}) {
  const { decision, onDone } = props;
  const { overrideMaxHours: longest } = decision;
  const api = useApi(goldenPathApiRef);
  const permission = usePermission({
    permission: goldenPathGateOverridePermission,
  });
  const now = useNow();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<OverrideProblems>({});
  const [failure, setFailure] = useState<Failure>();
  const [result, setResult] = useState({ text: '', turn: 0 });
  const stopped = !mayProceed(decision, now);
  const name = entityName(decision.request.entityRef);

  const write = (field: keyof OverrideDraft) => (value: string) => {
    setDraft(before => ({ ...before, [field]: value }));
    setProblems(before => ({ ...before, [field]: undefined }));
  };
  const start = () => {
    setFailure(undefined);
    setProblems({});
    setOpen(true);
  };
  const send = async () => {
    const checked = checkOverrideDraft(draft, longest);
    if ('problems' in checked) {
      setProblems(checked.problems);
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const after = await api.overrideDecision(decision.id, checked.body);
      setOpen(false);
      setDraft(EMPTY);
      setResult(({ turn }) => ({
        text: `Overridden${
          after.override ? ` until ${fullTime(after.override.expiresAt)}` : ''
        }. Run the step of the pipeline again: the gate now lets it pass.`,
        turn: turn + 1,
      }));
      await onDone();
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The override'));
    }
    setBusy(false);
  };

  return (
    <>
      {stopped && !permission.loading ? (
        <>
          {permission.allowed ? (
            <Row>
              <ActionButton
                onClick={start}
                label={`Override the decision on ${name} of ${fullTime(
                  decision.at,
                )}`}
              >
                Override…
              </ActionButton>
            </Row>
          ) : (
            <Text>
              To let it go ahead all the same takes a person with the permission{' '}
              <Code>golden-path.gate.override</Code>. The platform team write
              the permission policy of this Backstage: ask them who has it.
            </Text>
          )}
        </>
      ) : null}
      <Announcement text={result.text || undefined} turn={result.turn} />
      {open ? (
        <FormDialog
          title={`Let ${name} go to ${decision.request.environment} all the same?`}
          confirm={busy ? 'Overriding…' : 'Override'}
          busy={busy}
          onConfirm={send}
          onClose={() => setOpen(false)}
        >
          <Text>
            The gate says:{' '}
            {gateWording(decision.verdict).label.toLocaleLowerCase('en-GB')}.{' '}
            <Prose text={`${reasonText(decision)}.`} />
          </Text>
          <Consequences decision={decision} />
          <TextInput
            label="Reason"
            value={draft.reason}
            onChange={write('reason')}
            lines={3}
            required
            problem={problems.reason}
            help="Why it has to go out now. At least 10 characters."
          />
          <TextInput
            label="Hours"
            kind="number"
            value={draft.hours}
            onChange={write('hours')}
            required
            min="0"
            problem={problems.hours}
            help={
              longest === undefined
                ? 'How long it holds.'
                : `How long it holds; at most ${longest}, says the policy.`
            }
          />
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
