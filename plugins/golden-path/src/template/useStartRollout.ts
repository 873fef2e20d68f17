import { useApi } from '@backstage/core-plugin-api';
import type { CreateRollout } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';

/** Unguessable and never twice; also where the page is served without TLS, unlike `randomUUID`. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Asks, and starts a roll-out. A question that is answered twice starts one roll-out. */
export function useStartRollout(options: {
  templateRef: string;
  onStarted: (id: string) => Promise<void>;
}) {
  const { templateRef, onStarted } = options;
  const api = useApi(goldenPathApiRef);
  const [key, setKey] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [result, setResult] = useState({ text: '', turn: 0 });

  const open = () => {
    setFailure(undefined);
    setKey(newKey());
  };
  const close = () => setKey(undefined);
  const start = async (settings: Omit<CreateRollout, 'idempotencyKey'>) => {
    if (!key) {
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      const rollout = await api.createRollout(templateRef, {
        ...settings,
        idempotencyKey: key,
      });
      close();
      setResult(({ turn }) => ({
        text: `The roll-out of ${rollout.version} has begun. Its waves stand below.`,
        turn: turn + 1,
      }));
      await onStarted(rollout.id);
    } catch (thrown) {
      setFailure(describeActionFailure(thrown, 'The roll-out'));
    }
    setBusy(false);
  };

  return {
    asked: key !== undefined,
    open,
    close,
    start,
    busy,
    failure,
    announced: result.text || undefined,
    turn: result.turn,
  };
}
