import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isWorthRetrying } from './isWorthRetrying';

const gitError = (message: string) =>
  Object.assign(new Error(message), { name: 'GitError' });
const withCode = (code: string) => Object.assign(new Error('x'), { code });

it.each([
  ['a service that is down', new ServiceUnavailableError('down')],
  ['a refused connection', withCode('ECONNREFUSED')],
  [
    'a cause that is worth it',
    new TypeError('fetch failed', { cause: withCode('ECONNRESET') }),
  ],
  ['too many requests', Object.assign(new Error('x'), { statusCode: 429 })],
  ['git without a network', gitError('Could not resolve host: git.acme.org')],
  ['git and a gateway', gitError('The requested URL returned error: 503')],
  ['a gateway', Object.assign(new Error('x'), { statusCode: 502 })],
])('tries again: %s', (_what, error) => {
  expect(isWorthRetrying(error)).toBe(true);
});

it.each([
  ['a conflict', new ConflictError('foreign')],
  ['a missing right', new NotAllowedError('no')],
  ['a missing page', Object.assign(new Error('x'), { statusCode: 404 })],
  ['git without a right', gitError('The requested URL returned error: 403')],
  ['anything else', new Error('bug')],
  ['no error', undefined],
])('does not try again: %s', (_what, error) => {
  expect(isWorthRetrying(error)).toBe(false);
});

it('ends for an error that is its own cause', () => {
  const error: Error & { cause?: unknown } = new Error('x');
  error.cause = error;
  expect(isWorthRetrying(error)).toBe(false);
});
