import { useApi } from '@backstage/core-plugin-api';
import type {
  ChangeRequestAction,
  ChangeRequestDetails,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { localGitApiRef } from '../api/localGitApi';
import {
  mergeObstacle,
  requestActions,
  requestActionWording,
} from '../format/changeRequest';
import type { Failure } from '../format/failure';
import {
  ActionButton,
  FailureNotice,
  FormDialog,
  Loading,
  Row,
  Text,
} from '../ui';
import { describeRequestFailure } from './hostFailure';

/** A question before something is done, with what was on the page when it was asked. */
interface Question {
  action: ChangeRequestAction;
  head: string;
}

/** The buttons for what can be done with a change request; each says what it will do before it does it. */
export function RequestActions(props: {
  details: ChangeRequestDetails;
  /** After the host did it, with what happened as a sentence; also after it refused, without one. */
  onDone: (sentence?: string) => Promise<void> | void;
}) {
  const { details, onDone } = props;
  const { request, head } = details;
  const api = useApi(localGitApiRef);
  const [question, setQuestion] = useState<Question>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const actions = requestActions(request);
  const obstacle = mergeObstacle(details);

  if (actions.length === 0) {
    return null;
  }
  if (!request.canMerge) {
    return (
      <Text>
        You may read this, not merge or close it. Ask the person who created the
        repository, or a member of the group that owns it.
      </Text>
    );
  }

  const ask = (action: ChangeRequestAction) => {
    setFailure(undefined);
    setQuestion({ action, head });
  };
  const act = async (asked: Question) => {
    const { repository, number } = request;
    const wording = requestActionWording(asked.action, details);
    setBusy(true);
    setFailure(undefined);
    try {
      await api.actOnChangeRequest(
        repository,
        number,
        asked.action,
        asked.action === 'merge' ? { head: asked.head } : {},
      );
      setQuestion(undefined);
      await onDone(wording.done);
    } catch (thrown) {
      setFailure(describeRequestFailure(thrown, `“${wording.label}”`));
      await onDone();
    }
    setBusy(false);
  };

  const asked = question && requestActionWording(question.action, details);
  return (
    <>
      <Row>
        {actions.map((action, index) => {
          const blocked = action === 'merge' ? obstacle : undefined;
          return (
            <ActionButton
              key={action}
              onClick={() => ask(action)}
              disabled={blocked !== undefined}
              title={blocked}
              primary={index === 0 && blocked === undefined}
            >
              {requestActionWording(action, details).label}
            </ActionButton>
          );
        })}
        {obstacle && actions.includes('merge') ? (
          <Text subtle inline>
            {obstacle}
          </Text>
        ) : null}
      </Row>
      {question && asked ? (
        <FormDialog
          title={`${asked.label}: ${request.title}?`}
          confirm={asked.label}
          busy={busy}
          onConfirm={() => act(question)}
          onClose={() => setQuestion(undefined)}
        >
          <Text>{asked.effect}</Text>
          {busy ? <Loading>Working…</Loading> : null}
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
