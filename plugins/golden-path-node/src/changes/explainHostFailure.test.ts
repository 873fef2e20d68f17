import { explainHostFailure, HostQuestion } from './explainHostFailure';
import { HostFailureError, hostFailureOf, retryTimeOf } from './hostFailure';

const question: HostQuestion = {
  host: 'git.example.com',
  repository: 'acme/shop',
  doing: 'open a pull request',
  needs: 'the scope write',
  configuration: 'integrations.example',
};

it.each([
  [{ said: 'ECONNREFUSED' }, 'ServiceUnavailableError', 'cannot be reached'],
  [{ status: 429, said: '' }, 'ServiceUnavailableError', 'used up'],
  [
    { status: 403, said: '', limited: true },
    'ServiceUnavailableError',
    'used up',
  ],
  [{ status: 408, said: '' }, 'ServiceUnavailableError', 'out of order'],
  [{ status: 502, said: '' }, 'ServiceUnavailableError', 'out of order'],
  [{ status: 401, said: '' }, 'NotAllowedError', 'integrations.example'],
  [{ status: 403, said: 'No' }, 'NotAllowedError', 'the scope write'],
  [{ status: 404, said: '' }, 'NotFoundError', 'gone or renamed'],
  [{ status: 410, said: '' }, 'NotFoundError', 'acme/shop'],
  [{ status: 409, said: 'Twice' }, 'ConflictError', 'Twice'],
  [{ status: 422, said: 'Bad' }, 'InputError', 'open a pull request'],
])('makes %j a %s', (failure, name, words) => {
  const error = explainHostFailure(failure, question);
  expect(error.name).toBe(name);
  expect(error.message).toContain(words);
});

it('takes 404 for a missing right when the repository was seen', () => {
  const failure = { status: 404, said: 'Not Found' };
  const error = explainHostFailure(failure, { ...question, seen: true });
  expect(error.name).toBe('NotAllowedError');
  expect(error.message).toContain('the scope write');
});

it('tells when to ask again', () => {
  const retryAt = new Date('2026-11-21T10:00:00Z');
  const failure = { status: 503, said: '', retryAt };
  expect(explainHostFailure(failure, question).message).toContain(
    'try again after 2026-11-21T10:00:00.000Z',
  );
});

it('says nothing secret and nothing long', () => {
  const said = `secret-1 ${'x'.repeat(500)} secret-2`;
  const { message } = explainHostFailure(
    { status: 422, said },
    { ...question, secrets: ['secret-1', undefined, 'secret-2'] },
  );
  expect(message).not.toContain('secret');
  expect(message.length).toBeLessThan(300);
});

describe('what an error says of a host', () => {
  it('is nothing for an error of the code itself', () => {
    expect(hostFailureOf(new TypeError('x is not a function'))).toBeUndefined();
  });

  it('is why there is no connection', () => {
    const cause = { code: 'ECONNRESET' };
    const error = new TypeError('fetch failed', { cause });
    expect(hostFailureOf(error)).toEqual({ said: 'ECONNRESET' });
    const late = new DOMException('Too late', 'TimeoutError');
    expect(hostFailureOf(late)).toEqual({ said: 'it gave no answer in time' });
  });

  it('is what it holds', () => {
    const failure = { status: 418, said: 'Tea' };
    expect(hostFailureOf(new HostFailureError(failure))).toBe(failure);
  });
});

it('reads a time to ask again', () => {
  expect(retryTimeOf('Wed, 18 May 2033 03:33:19 GMT')).toEqual(
    new Date('2033-05-18T03:33:19Z'),
  );
  expect(+retryTimeOf('600')!).toBeGreaterThan(Date.now() + 500_000);
  expect(retryTimeOf('soon')).toBeUndefined();
  expect(retryTimeOf(null)).toBeUndefined();
});
