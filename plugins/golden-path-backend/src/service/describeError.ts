import { stringifyError } from '@backstage/errors';

const LONGEST = 1000;

/** An error as people are shown it: one text, not endless, and without the credentials a URL may carry. @internal */
export function describeError(error: unknown): string {
  const text =
    error instanceof Error && error.message !== ''
      ? error.message
      : stringifyError(error);
  return text.replace(/\/\/[^/@\s]+@/g, '//').slice(0, LONGEST);
}
