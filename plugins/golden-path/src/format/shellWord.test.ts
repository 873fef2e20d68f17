import { shellWord } from './shellWord';

describe('shellWord', () => {
  it('leaves plain names as they are and quotes what a shell would run', () => {
    expect(shellWord('golden-path/update-a-1.0.0')).toBe(
      'golden-path/update-a-1.0.0',
    );
    expect(shellWord('x;$(reboot)')).toBe("'x;$(reboot)'");
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('')).toBe("''");
  });
});
