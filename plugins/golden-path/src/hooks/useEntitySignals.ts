import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  type EntitySignal,
  entitySignalChannel,
  entitySignalSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { useEffect, useRef, useState } from 'react';

/**
 * Calls `onTopic` for each signal of the backend that something of the entity changed.
 *
 * Subscribes itself and does not take the last signal of `useSignal`, since of two that come between two renders that
 * keeps only one.
 *
 * @returns whether signals work: one has arrived. False in an app without the signals plugin.
 */
export function useEntitySignals(
  entityRef: string,
  onTopic: (topic: EntitySignal['topic']) => void,
): boolean {
  const signals = useApiHolder().get(signalApiRef);
  const [heard, setHeard] = useState<string>();
  const latest = useRef(onTopic);

  useEffect(() => {
    latest.current = onTopic;
  });

  useEffect(() => {
    const subscription = signals?.subscribe(
      entitySignalChannel(entityRef),
      message => {
        const signal = entitySignalSchema.safeParse(message);
        if (signal.success) {
          setHeard(entityRef);
          latest.current(signal.data.topic);
        }
      },
    );
    return () => subscription?.unsubscribe();
  }, [signals, entityRef]);

  return heard === entityRef;
}
