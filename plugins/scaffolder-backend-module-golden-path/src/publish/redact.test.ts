import { ConflictError } from '@backstage/errors';
import { redactError } from './redact';

const SECRET = 'tok/en+0123=x';

describe('redactError', () => {
  it('takes the secret out in every form, and keeps name and message', () => {
    const forms = [
      SECRET,
      encodeURIComponent(SECRET),
      Buffer.from(`git:${SECRET}`).toString('base64'),
    ];
    const error = new ConflictError(`Refused ${forms.join(' and ')} at host`);
    const redacted = redactError(error, SECRET);
    expect(redacted.name).toBe('ConflictError');
    expect(redacted.message).toBe('Refused *** and *** and *** at host');
    for (const form of forms) {
      expect(redacted.stack).not.toContain(form);
    }
  });

  it('leaves an error alone when there is no secret', () => {
    const error = new Error('Some longer text');
    expect(redactError(error, undefined)).toBe(error);
    expect(redactError('text', '')).toEqual(new Error('text'));
  });
});
