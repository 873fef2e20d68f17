import { EXPRESSION_BUDGET, withBudget } from './budget';
import { findPatternProblem, meteredRe2 } from './regularExpression';

function matches(pattern: string, text: string): boolean {
  return withBudget(() => meteredRe2.compile(pattern).test(text));
}

it.each([
  ['^[0-9a-f]{40}$', 'none'],
  ['(', 'missing closing'],
  ['(?=x)', 'invalid'],
  ['(a{900}){900}', 'repeat count'],
  [`(${'ab'.repeat(500)}){100}`, 'too large'],
])('judges the pattern %s', (pattern, message) => {
  expect(findPatternProblem(pattern) ?? 'none').toContain(message);
});

it('pays for the text and the size of the pattern', () => {
  const matchMany = (pattern: string, times: number) =>
    withBudget(() => {
      for (let i = 0; i < times; i++) {
        meteredRe2.compile(pattern).test('a'.repeat(1000));
      }
    });
  const small = EXPRESSION_BUDGET / 2000;
  expect(() => matchMany('b', small)).not.toThrow();
  expect(() => matchMany('b', small * 3)).toThrow('more work');
  expect(() => matchMany('(a{500}b){2}', small)).toThrow('more work');
});

it('forgets old patterns, not what they match', () => {
  for (let i = 0; i < 1200; i++) {
    expect(matches(`^x${i}$`, `x${i}`)).toBe(true);
  }
  expect(matches('^x0$', 'x1')).toBe(false);
});
