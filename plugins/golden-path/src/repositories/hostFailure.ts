import {
  describeActionFailure,
  describeFailure,
  Failure,
} from '../format/failure';

/** As `describeFailure`; a host that answers nothing at all is told apart from a name it does not know. */
export function describeHostFailure(thrown: unknown, what: string): Failure {
  const failure = describeFailure(thrown, what);
  return failure.kind === 'missing'
    ? {
        ...failure,
        next: 'Check the name. If no repository is found at all, the local git host is off: install its backend plugin and set localGit.enabled to true in the app configuration.',
      }
    : failure;
}

/** As `describeActionFailure`, for what is done to a change request: why it was refused stands in the host's own words. */
export function describeRequestFailure(thrown: unknown, what: string): Failure {
  const failure = describeActionFailure(thrown, what);
  return (thrown as { statusCode?: unknown }).statusCode === 409
    ? {
        ...failure,
        title: `${what} did not go through.`,
        next: 'Close this window: the page shows how the change request stands now.',
      }
    : failure;
}
