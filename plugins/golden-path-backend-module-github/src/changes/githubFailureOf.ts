import {
  HostFailure,
  hostFailureOf,
  retryTimeOf,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** GraphQL answers with 200 and a type of error. */
const STATUS_OF_TYPE: Record<string, number> = {
  FORBIDDEN: 403,
  INSUFFICIENT_SCOPES: 403,
  NOT_FOUND: 404,
};
const REFUSED = 422;

/** What an error of the client says of GitHub, with nothing of the request; `undefined` when it says nothing of it. @internal */
export function githubFailureOf(error: any): HostFailure | undefined {
  const headers =
    error.response?.headers ??
    (error.name === 'GraphqlResponseError' ? error.headers : {}) ??
    {};
  if (error.message === 'GraphQL Rate Limit Exceeded') {
    return { said: error.message, ...limitIn(headers) };
  }
  if (error.name === 'GraphqlResponseError') {
    const [{ type, message }] = error.errors;
    return type === 'RATE_LIMITED'
      ? { said: message, ...limitIn(headers) }
      : { said: message, status: STATUS_OF_TYPE[type] ?? REFUSED };
  }
  if (error.name !== 'HttpError') {
    return hostFailureOf(error);
  }
  if (!error.response) {
    return { said: error.message };
  }
  const { status, message } = error;
  const isLimited =
    status === 429 ||
    (status === 403 &&
      (headers['x-ratelimit-remaining'] === '0' ||
        headers['retry-after'] !== undefined ||
        /\brate limit\b/i.test(message)));
  return {
    status,
    said: saidIn(error.response.data) ?? message,
    ...(isLimited
      ? limitIn(headers)
      : { retryAt: retryTimeOf(headers['retry-after']) }),
  };
}

function limitIn(
  headers: Record<string, string | undefined>,
): Pick<HostFailure, 'limited' | 'retryAt'> {
  const reset = Number(headers['x-ratelimit-reset']);
  return {
    limited: true,
    retryAt:
      retryTimeOf(headers['retry-after']) ??
      (reset > 0 ? new Date(reset * 1000) : undefined),
  };
}

/** The message, and what is wrong with which field. */
function saidIn(data: any): string | undefined {
  const details = Array.isArray(data?.errors)
    ? data.errors.map((each: any) => each?.message ?? each?.code ?? each)
    : [];
  return data?.message ? [data.message, ...details].join(': ') : undefined;
}
