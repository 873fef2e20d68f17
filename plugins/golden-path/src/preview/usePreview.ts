import { toError } from '@backstage/errors';
import { useApi } from '@backstage/core-plugin-api';
import type { PathComparison } from '@goldenpath/engine';
import { useState } from 'react';
import { goldenPathApiRef } from '../api/goldenPathApi';
import { describeActionFailure, Failure } from '../format/failure';
import { inputProblems } from './inputProblems';

interface Outcome {
  comparison?: PathComparison;
  /** What is wrong with the text, one entry a line of the backend's message. */
  problems?: string[];
  failure?: Failure;
}

/** Asks what a changed path would do, and keeps the answer until the next question. */
export function usePreview() {
  const api = useApi(goldenPathApiRef);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const [outcome, setOutcome] = useState<Outcome>({});

  const run = async (text: string, days: number) => {
    setBusy(true);
    try {
      setOutcome({ comparison: await api.previewPath({ text, days }) });
    } catch (thrown) {
      const problems = inputProblems(toError(thrown));
      setOutcome(
        problems
          ? { problems }
          : { failure: describeActionFailure(thrown, 'The comparison') },
      );
    }
    setBusy(false);
    setTurn(count => count + 1);
  };

  return { ...outcome, busy, turn, run };
}
