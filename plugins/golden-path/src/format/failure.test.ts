import { refusal } from '../__fixtures__/apis';
import { describeFailure } from './failure';

describe('describeFailure', () => {
  it.each([
    [403, 'NotAllowedError', 'forbidden'],
    [401, 'AuthenticationError', 'signed-out'],
    [404, 'NotFoundError', 'missing'],
    [500, 'Error', 'failed'],
  ])('tells a %d apart', async (status, name, kind) => {
    const failure = describeFailure(
      await refusal(status, name, 'the reason'),
      'The scorecard',
    );
    expect(failure).toMatchObject({ kind, detail: 'the reason' });
    expect(failure.next).not.toBe('');
  });

  it('tells a backend that does not answer apart', () => {
    expect(
      describeFailure(new TypeError('Failed to fetch'), 'The scorecard').kind,
    ).toBe('unreachable');
  });

  it('says that versions differ when the answer is not the contract', () => {
    const error = Object.assign(new Error('[{...}]'), { name: 'ZodError' });
    const failure = describeFailure(error, 'The scorecard');
    expect(failure.next).toContain('same version');
    expect(failure.detail).not.toContain('{');
  });
});
