import { describeFailure, Failure } from '../format/failure';

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
