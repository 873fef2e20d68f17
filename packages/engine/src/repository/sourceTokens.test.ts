import { argumentsAt, sourceTokens } from './sourceTokens';

const texts = (text: string, language: Parameters<typeof sourceTokens>[1]) =>
  sourceTokens(text, language).map(t => `${t.type[0]}:${t.text}`);

describe('sourceTokens', () => {
  it('leaves comments out and keeps lines', () => {
    const tokens = sourceTokens(
      "// get('a')\n/* get('b')\n */ get('c') // x",
      'script',
    );
    expect(tokens).toEqual([
      { type: 'word', text: 'get', line: 3 },
      { type: 'mark', text: '(', line: 3 },
      { type: 'string', text: 'c', line: 3 },
      { type: 'mark', text: ')', line: 3 },
    ]);
  });

  it('tells a regular expression from a division', () => {
    expect(texts(`a = /['"/]/.test(b) / 2; return /'/`, 'script')).toEqual(
      'w:a m:= m:. w:test m:( w:b m:) m:/ w:2 m:; w:return'.split(' '),
    );
  });

  it('finds its way out of JSX text and elements', () => {
    expect(texts("<p>Don't</p>\nget('a')", 'script').slice(-4)).toEqual(
      'w:get m:( s:a m:)'.split(' '),
    );
    expect(texts("<p></p>, get('a')", 'script').slice(-4)).toEqual(
      'w:get m:( s:a m:)'.split(' '),
    );
  });

  it('marks strings that are made at run time', () => {
    const dynamic = (text: string, language: 'script' | 'python') =>
      sourceTokens(text, language).map(t => t.dynamic ?? false);
    expect(dynamic('`a${b}`', 'script')).toEqual([true]);
    expect(dynamic('`a`', 'script')).toEqual([false]);
    expect(dynamic("f'{a}'", 'python')).toEqual([true]);
    expect(dynamic("r'\\'", 'python')).toEqual([false]);
  });

  it('reads the strings of each language', () => {
    expect(texts(`"""a\n'b'""" # 'c'\nd`, 'python')).toEqual([
      "s:a\n'b'",
      'w:d',
    ]);
    expect(texts('`a\\` + "b\\"c"', 'go')).toEqual(['s:a\\', 'm:+', 's:b\\"c']);
  });

  it('splits arguments at their own commas', () => {
    const tokens = sourceTokens('f(a, { b: [1, 2] }, g(c, d))', 'script');
    const args = argumentsAt(tokens, 1).map(a => a.map(t => t.text).join(''));
    expect(args).toEqual(['a', '{b:[1,2]}', 'g(c,d)']);
  });

  it('takes linear time for what never ends', () => {
    const open = '('.repeat(5_000);
    expect(argumentsAt(sourceTokens(open, 'script'), 0)).toHaveLength(1);
    expect(sourceTokens(`'${'x'.repeat(600_000)}`, 'script')).toHaveLength(1);
  });
});
