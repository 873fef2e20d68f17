import { createPushToken, digestOfToken, tokenMatches } from './tokens';

describe('push tokens', () => {
  it('are long, recognisable and never the same', () => {
    const token = createPushToken();
    expect(token).toMatch(/^gplg_[\w-]{43}$/);
    expect(createPushToken()).not.toBe(token);
  });

  it('match their own digest only', () => {
    const token = createPushToken();
    const digest = digestOfToken(token);

    expect(tokenMatches({ token, digest })).toBe(true);
    expect(tokenMatches({ token: `${token}x`, digest })).toBe(false);
    expect(tokenMatches({ token, digest: '' })).toBe(false);
    expect(tokenMatches({ token, digest: digestOfToken('') })).toBe(false);
  });

  it('have the SHA-256 of their text as digest', () => {
    expect(digestOfToken('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
