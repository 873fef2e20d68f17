import { parse } from '@bufbuild/cel';
import { locateMistake } from './syntaxPosition';

function parseFailure(text: string): number | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return (error as { location: { start: { offset: number } } }).location.start
      .offset;
  }
}

it.each([
  ['a.all(x, x ^==)'],
  ['a.all(x, x.b) && c.exists(y, y.d ^+)'],
  ['f(g(h(1, 2 ^*)))'],
  ['a[^+ 1]'],
  ["a == ')' && ^)"],
  ['a && f^(b'],
  ['a && [b^)'],
  ["a.f('(,', b ^c)"],
  ['a // ( is fine here\n && b ^c'],
  ['^=a'],
])('finds the mistake at the mark in %j', marked => {
  const text = marked.replace('^', '');
  expect(locateMistake(text, parseFailure)).toBe(marked.indexOf('^'));
});
