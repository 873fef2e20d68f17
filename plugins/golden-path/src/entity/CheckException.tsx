import type { WaiverRecord } from '@goldenpath/backstage-plugin-golden-path-common';
import type { CheckResult } from '@goldenpath/engine';
import { useState } from 'react';
import { entityName } from '../format/entityName';
import { fullTime } from '../format/time';
import { concerns } from '../format/waiver';
import { Announcement, Stack, Text } from '../ui';
import { AskForWaiver } from '../waivers/AskForWaiver';
import { WaiverActions } from '../waivers/WaiverActions';

/** The request that waits for a check's exception. */
export function pendingOf(
  waivers: WaiverRecord[],
  path: string,
  check: string,
): WaiverRecord | undefined {
  return waivers.find(
    waiver => waiver.status === 'pending' && concerns(waiver, path, check),
  );
}

/** What there is of exceptions at a check: asking for one, the one that waits, and taking back the one that holds. */
export function CheckException(props: {
  entityRef: string;
  path: string;
  check: CheckResult;
  waivers: WaiverRecord[];
  reload: () => Promise<void>;
}) {
  const { entityRef, path, check, waivers, reload } = props;
  const [result, setResult] = useState({ text: '', turn: 0 });
  const pending = pendingOf(waivers, path, check.id);
  const holding = waivers.find(
    waiver => waiver.status === 'approved' && waiver.id === check.waiver?.id,
  );
  const shown = pending ?? holding;
  const onDone = async (sentence: string) => {
    setResult(({ turn }) => ({ text: sentence, turn: turn + 1 }));
    await reload();
  };
  return (
    <Stack>
      {pending ? (
        <Text>
          An exception until {pending.expires}, asked for
          {pending.requestedBy
            ? ` by ${entityName(pending.requestedBy)}`
            : ''}{' '}
          on {fullTime(pending.requestedAt)}, waits for approval and changes
          nothing until then: {pending.reason}
        </Text>
      ) : null}
      {shown ? <WaiverActions waiver={shown} onDone={onDone} /> : null}
      <Announcement text={result.text || undefined} turn={result.turn} />
      {check.verdict === 'fail' && check.stage !== 'shadow' ? (
        <AskForWaiver
          entityRef={entityRef}
          path={path}
          check={check}
          offered={!pending}
          onAsked={reload}
        />
      ) : null}
    </Stack>
  );
}
