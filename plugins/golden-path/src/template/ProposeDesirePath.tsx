import { useApi } from '@backstage/core-plugin-api';
import type { DesirePath } from '@goldenpath/backstage-plugin-golden-path-common';
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
} from '../ui';

/** Why an edit cannot be proposed now; `undefined` when it can. */
function obstacle(options: {
  desirePath: DesirePath;
  refusal: string | undefined;
  mayManage: boolean | undefined;
}): string | undefined {
  const { desirePath, refusal, mayManage } = options;
  const { fit, reason } = desirePath;
  if (fit === 'taken') {
    return 'The newest version of the template has it already.';
  }
  if (fit === 'by-hand') {
    return `It must be made by hand: ${
      reason ?? 'the template makes these lines by expressions.'
    }`;
  }
  if (refusal) {
    return refusal;
  }
  return mayManage === false
    ? 'You need the permission golden-path.rollout.manage; ask the platform team.'
    : undefined;
}

/** Proposes an edit to the template, or says why that cannot be done. */
export function ProposeDesirePath(props: {
  templateRef: string;
  desirePath: DesirePath;
  noun: string | undefined;
  refusal: string | undefined;
  mayManage: boolean | undefined;
  onProposed: () => Promise<void>;
}) {
  const { templateRef, desirePath, mayManage, onProposed } = props;
  const { id, path, source, proposal } = desirePath;
  const noun = props.noun ?? 'change request';
  const api = useApi(goldenPathApiRef);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [result, setResult] = useState({ text: '', turn: 0 });
  const why = obstacle(props);
  const offered = !proposal || proposal.state === 'closed';

  const propose = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await api.proposeDesirePath(templateRef, id);
      setAsked(false);
      setResult(({ turn }) => ({
        text: `Proposed to the template as a ${noun}.`,
        turn: turn + 1,
      }));
      await onProposed();
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The proposal'));
    }
    setBusy(false);
  };

  return (
    <>
      {offered ? (
        <>
          <Row>
            <ActionButton
              onClick={() => {
                setFailure(undefined);
                setAsked(true);
              }}
              disabled={why !== undefined || mayManage === undefined}
              title={why}
              label={`Propose the edit of ${path} to the template`}
            >
              Propose to the template
            </ActionButton>
          </Row>
          {why ? <Text subtle>{why}</Text> : null}
        </>
      ) : null}
      <Announcement text={result.text || undefined} turn={result.turn} />
      {asked ? (
        <FormDialog
          title={`Propose the edit of ${path} to the template?`}
          confirm={busy ? 'Proposing…' : 'Propose'}
          busy={busy}
          onConfirm={propose}
          onClose={() => setAsked(false)}
        >
          <Text>
            Opens a {noun} that changes {source?.path ?? path} of the template.
            Services get it with the next version, once the {noun} is merged and
            published.
          </Text>
          {failure ? <FailureNotice failure={failure} /> : null}
        </FormDialog>
      ) : null}
    </>
  );
}
