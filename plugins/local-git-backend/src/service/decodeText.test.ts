import { decodeText } from './decodeText';

describe('decodeText', () => {
  it('decodes UTF-8', () => {
    expect(decodeText(Buffer.from('naïve ✓\n'))).toBe('naïve ✓\n');
  });

  it('has no text for what is binary', () => {
    expect(decodeText(Buffer.from([97, 0, 98]))).toBeNull();
    expect(decodeText(Buffer.from([0xff, 0xfe, 97]))).toBeNull();
  });
});
