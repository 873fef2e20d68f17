import { toError } from '@backstage/errors';
import { useApi } from '@backstage/core-plugin-api';
import type { GateReplay } from '@goldenpath/backstage-plugin-golden-path-common';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, type Failure } from '../format/failure';
import { inputProblems } from '../preview/inputProblems';
import { readPolicy } from './replayPolicy';

interface Outcome {
  replay?: GateReplay;
  /** What is wrong with the policy, one entry each. */
  problems?: string[];
  failure?: Failure;
}

/** Asks what another policy would have decided, and keeps the answer until the next question. */
export function useReplay() {
  const api = useApi(goldenPathApiRef);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const [outcome, setOutcome] = useState<Outcome>({});

  const ask = async (question: {
    text: string;
    path: string | undefined;
    days: number;
  }): Promise<Outcome> => {
    const { text, path, days } = question;
    const read = readPolicy(text);
    if ('problems' in read) {
      return read;
    }
    try {
      const { policy } = read;
      return { replay: await api.replayGate({ policy, path, days }) };
    } catch (thrown) {
      const problems = inputProblems(toError(thrown));
      return problems
        ? { problems }
        : { failure: describeActionFailure(thrown, 'The replay') };
    }
  };
  const run = async (question: Parameters<typeof ask>[0]) => {
    setBusy(true);
    setOutcome(await ask(question));
    setBusy(false);
    setTurn(count => count + 1);
  };

  return { ...outcome, busy, turn, run };
}
