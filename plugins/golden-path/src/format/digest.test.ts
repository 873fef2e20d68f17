import { shortenDigests } from './digest';

describe('shortenDigests', () => {
  it.each([
    [
      `pkg:oci/pay@sha256%3A${'ab'.repeat(32)} in production`,
      'pkg:oci/pay@sha256%3Aabababababab… in production',
    ],
    [`sha256:${'01'.repeat(32)}`, 'sha256:010101010101…'],
    ['Deployment release-7', 'Deployment release-7'],
  ])('says %s as %s', (text, short) => {
    expect(shortenDigests(text)).toBe(short);
  });
});
