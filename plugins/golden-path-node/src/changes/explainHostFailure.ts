import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { HostFailure } from './hostFailure';

/** What was asked of a host, in words for people. @public */
export interface HostQuestion {
  /** Such as `gitlab.example.com`. */
  host: string;
  /** The repository's full name, such as `acme/shop`. */
  repository: string;
  /** What was tried, such as `open a pull request`. */
  doing: string;
  /** The right it takes, in the host's own words, such as `Pull requests: write`. */
  needs: string;
  /** Where the credentials are configured, such as `integrations.github`. */
  configuration: string;
  /** Set when the repository was seen before: many hosts answer 404 to a change that the credentials may not make. */
  seen?: boolean;
  /** What must not be in the message, wherever the host's words come from. */
  secrets?: (string | undefined)[];
}

const LONGEST = 200;

/**
 * The error that a {@link ChangeHost} throws for a failure, as its contract has it: `ServiceUnavailableError` for limits,
 * outages and lost connections, `NotAllowedError` for rights, `NotFoundError` for a repository that is gone,
 * `ConflictError` and `InputError` for what the host refuses. Says what to do next.
 * @public
 */
export function explainHostFailure(
  failure: HostFailure,
  question: HostQuestion,
): Error {
  const { status, limited, retryAt } = failure;
  const { host, repository, doing, needs, configuration, seen } = question;
  const said = wordsOf(failure.said, question.secrets);
  const again = retryAt
    ? `try again after ${retryAt.toISOString()}`
    : 'try again in a few minutes';
  if (limited || status === 429) {
    return new ServiceUnavailableError(
      `The request limit of ${host} is used up; ${again}`,
    );
  }
  if (status === undefined) {
    return new ServiceUnavailableError(
      `${host} cannot be reached (${said}); ${again}`,
    );
  }
  if (status >= 500 || status === 408) {
    return new ServiceUnavailableError(
      `${host} is out of order (${status}: ${said}); ${again}`,
    );
  }
  if (status === 401) {
    return new NotAllowedError(
      `${host} refuses the credentials; put some that are valid and have ${needs} under ${configuration}`,
    );
  }
  if (status === 403 || status === 423 || (seen && status === 404)) {
    return new NotAllowedError(
      `The credentials may not ${doing} in ${repository} on ${host}: give those under ${configuration} ${needs} (${host} answered ${status}: ${said})`,
    );
  }
  if (status === 404 || status === 410 || status === 451) {
    return new NotFoundError(
      `${host} shows no repository ${repository}: it is gone or renamed, or the credentials under ${configuration} need ${needs} (${host} answered ${status}: ${said})`,
    );
  }
  const refused = `${host} refuses to ${doing} in ${repository} (${status}: ${said})`;
  return status === 409 ? new ConflictError(refused) : new InputError(refused);
}

function wordsOf(said: string, secrets: HostQuestion['secrets'] = []): string {
  let words = said;
  for (const secret of secrets) {
    if (secret) {
      words = words.replaceAll(secret, '***');
    }
  }
  return words.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}
