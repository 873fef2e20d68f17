import { toError } from '@backstage/errors';

/** Why something could not be shown, and what to do next. */
export interface Failure {
  kind: 'forbidden' | 'signed-out' | 'missing' | 'unreachable' | 'failed';
  title: string;
  detail: string;
  next: string;
}

function statusOf(error: Error): number | undefined {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** `The scorecard` as it stands inside a sentence. Only the first letter changes: names keep theirs. */
export function inSentence(what: string): string {
  return what.charAt(0).toLocaleLowerCase('en-GB') + what.slice(1);
}

/**
 * Turns what a client threw into words.
 *
 * @param what - what was asked for, to stand in "could not be loaded", such as `The scorecard`
 */
export function describeFailure(thrown: unknown, what: string): Failure {
  const error = toError(thrown);
  const status = statusOf(error);
  const cause = (error as { cause?: { name?: string; message?: string } })
    .cause;
  const names = [error.name, cause?.name];
  const detail = cause?.message || error.message;

  if (status === 403 || names.includes('NotAllowedError')) {
    return {
      kind: 'forbidden',
      title: `You may not see this: ${inSentence(what)}.`,
      detail,
      next: 'Ask the platform team, who write the permission policy of this Backstage, for access.',
    };
  }
  if (status === 401 || names.includes('AuthenticationError')) {
    return {
      kind: 'signed-out',
      title: `${what} could not be loaded: you are not signed in.`,
      detail,
      next: 'Reload the page and sign in again.',
    };
  }
  if (status === 404 || names.includes('NotFoundError')) {
    return {
      kind: 'missing',
      title: `Not found: ${inSentence(what)}.`,
      detail,
      next: 'Check the name, and that the backend plugin is installed.',
    };
  }
  if (error.name === 'ZodError') {
    return {
      kind: 'failed',
      title: `${what} could not be read.`,
      detail: 'The backend answered in a shape this page does not know.',
      next: 'Bring the golden path plugins of the app and of the backend to the same version.',
    };
  }
  if (error.name === 'TypeError') {
    return {
      kind: 'unreachable',
      title: `${what} could not be loaded: the backend does not answer.`,
      detail,
      next: 'Check that the backend is running and your network is up, then retry.',
    };
  }
  return {
    kind: 'failed',
    title: `${what} could not be loaded.`,
    detail,
    next: 'Retry. If it stays, give the message above to the platform team.',
  };
}

/**
 * Turns what a client threw when something was to be done into words.
 *
 * @param what - what was to be done, such as `The request`
 */
export function describeActionFailure(thrown: unknown, what: string): Failure {
  const failure = describeFailure(thrown, what);
  const status = statusOf(toError(thrown));
  if (failure.kind === 'forbidden') {
    return { ...failure, title: `You may not do this: ${inSentence(what)}.` };
  }
  if (status === 400) {
    return {
      ...failure,
      title: `${what} was not accepted.`,
      next: 'Correct it and try again.',
    };
  }
  if (status === 409) {
    return {
      ...failure,
      title: `${what} came too late: somebody was faster.`,
      next: 'Close this and look at how it stands now.',
    };
  }
  return {
    ...failure,
    title: `${what} did not go through.`,
    next: 'Try again. If it stays, give the message above to the platform team.',
  };
}
