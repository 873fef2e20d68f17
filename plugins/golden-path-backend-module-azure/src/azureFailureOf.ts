import {
  HostFailure,
  hostFailureOf,
  retryTimeOf,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** The client's words when an organization is not there, or a page to sign in came in place of an answer. */
const NOTHING_THERE = /^Failed to find api location/;
const NO_ANSWER = /^Request timeout/;

/** What an error of the client says of Azure DevOps; `undefined` when it says nothing of it. @internal */
export function azureFailureOf(error: any): HostFailure | undefined {
  const { statusCode, responseHeaders, message, code } = error;
  if (typeof statusCode === 'number') {
    return {
      status: statusCode,
      said: message.replace(/<[^>]*>/g, ' '),
      retryAt: retryTimeOf(responseHeaders?.['retry-after']),
    };
  }
  if (NOTHING_THERE.test(message)) {
    return { status: 404, said: 'there is no such organization' };
  }
  if (typeof code === 'string' || NO_ANSWER.test(message)) {
    return { said: code ?? 'it gave no answer in time' };
  }
  return hostFailureOf(error);
}
