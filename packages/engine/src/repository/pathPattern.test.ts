import { matchesPatterns, pathPattern } from './pathPattern';

describe('pathPattern', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/*', 'a/b', true],
    ['a/*', 'a/b/c', false],
    ['**/c', 'a/b/c', true],
    ['**/c', 'c', true],
    ['a/**', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['*.md', 'x.md', true],
    ['*.md', 'docs/x.md', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*a*b', 'xaxxb', true],
    ['*a*b', 'xaxxbc', false],
    ['a.c', 'abc', false],
  ])('%s on %s', (pattern, path, expected) => {
    expect(pathPattern(pattern)(path)).toBe(expected);
  });

  it('takes a pattern made to take exponential time', () => {
    const pattern = `${'*a'.repeat(500)}b`;
    expect(pathPattern(pattern)('a'.repeat(2_000))).toBe(false);
    expect(pathPattern('**/a/'.repeat(300))('a/'.repeat(300))).toBe(true);
  });

  it('takes paths out again with !', () => {
    expect(matchesPatterns(['*', '!main'], 'main')).toBe(false);
    expect(matchesPatterns(['!main', '*'], 'main')).toBe(true);
    expect(matchesPatterns([], 'main')).toBe(false);
  });
});
