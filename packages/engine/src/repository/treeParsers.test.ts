import { childOf, entryOf, textOf, textsOf, valueOf } from './locatedTree';
import {
  parseJson5Tree,
  parseJsonTree,
  parseTomlTree,
  parseYamlTree,
} from './treeParsers';

describe('parseYamlTree', () => {
  it('keeps lines, comments and the first line of a block text', () => {
    const [tree] = parseYamlTree(
      'a: 1\nb:\n  - uses: x@1 # v1\n  - |\n    one\n    two\n',
    );
    expect(entryOf(tree, 'b')?.line).toBe(2);
    const list = childOf(tree, 'b');
    expect(list).toMatchObject({
      items: [
        {
          entries: new Map([
            [
              'uses',
              { line: 3, node: expect.objectContaining({ comment: 'v1' }) },
            ],
          ]),
        },
        { kind: 'scalar', line: 4, textLine: 5, value: 'one\ntwo\n' },
      ],
    });
  });

  it("reads GitHub's `on` as text and several documents", () => {
    const documents = parseYamlTree('on: push\n---\non: off\n');
    expect(documents.map(d => valueOf(childOf(d, 'on')))).toEqual([
      'push',
      'off',
    ]);
  });

  it('follows aliases and merge keys, own keys first', () => {
    const [tree] = parseYamlTree(
      'base: &b { x: 1, y: 2 }\nc:\n  <<: *b\n  y: 3\n',
    );
    expect(textOf(childOf(tree, 'c', 'x'))).toBe('1');
    expect(textOf(childOf(tree, 'c', 'y'))).toBe('3');
  });

  it.each([
    ['a: [1\nb: 2', 2],
    ['a: 1\nb: 2\na: 3', 3],
    ['a:\n\t- 1', 2],
  ])('names the line of a fault in %j', (text, line) => {
    expect(() => parseYamlTree(text)).toThrow(
      expect.objectContaining({ name: 'LocatedTreeError', line }),
    );
  });

  it('refuses an alias bomb', () => {
    const names = 'abcdefghi'.split('');
    const text = names
      .map((name, i) =>
        i === 0
          ? 'a: &a [x, x, x, x, x, x, x, x, x]'
          : `${name}: &${name} [${Array(9)
              .fill(`*${names[i - 1]}`)
              .join(', ')}]`,
      )
      .join('\n');
    expect(() => parseYamlTree(text)).toThrow(/too many aliases/);
  });

  it('refuses bottomless nesting and endless texts', () => {
    expect(() => parseYamlTree('['.repeat(5_000))).toThrow(/open brackets/);
    const deep = Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`);
    expect(() => parseYamlTree(deep.join('\n'))).toThrow(/nested/);
    expect(() => parseYamlTree('\n'.repeat(60_000))).toThrow(/lines/);
    expect(() => parseYamlTree(`[${'a,'.repeat(120_000)}]`)).toThrow(
      /too many/,
    );
  });

  it('takes keys of the prototype as plain keys', () => {
    const [tree] = parseYamlTree('__proto__: { polluted: 1 }\nconstructor: x');
    expect(textOf(childOf(tree, '__proto__', 'polluted'))).toBe('1');
    expect(textOf(childOf(tree, 'constructor'))).toBe('x');
    expect(childOf(tree, 'toString')).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('parseJsonTree', () => {
  it('keeps lines', () => {
    const tree = parseJsonTree('{\n  "a": {\n    "b": "1"\n  }\n}');
    expect(entryOf(childOf(tree, 'a'), 'b')?.line).toBe(3);
  });

  it('refuses what YAML would take', () => {
    expect(() => parseJsonTree('{a: 1}')).toThrow(/Not JSON/);
    expect(() => parseJsonTree('{"a": 1,}')).toThrow(/Not JSON/);
  });

  it('gives up lines rather than values', () => {
    const tree = parseJsonTree('{\n"a": 1,\n"a": [true]\n}');
    expect(textsOf(childOf(tree, 'a'))).toEqual(['true']);
  });
});

describe('parseJson5Tree', () => {
  it('takes comments, bare keys, both quotes and commas at the end', () => {
    const tree = parseJson5Tree(
      "// first\n{\n\ta:'it\\'s \"b\"', /* c: 1 */\n  'd': [\"x//y\", 2,],\n  e:{f:true},\n}\n",
    );
    expect(textOf(childOf(tree, 'a'))).toBe(`it's "b"`);
    expect(textsOf(childOf(tree, 'd'))).toEqual(['x//y', '2']);
    expect(valueOf(childOf(tree, 'e', 'f'))).toBe(true);
    expect(entryOf(tree, 'd')?.line).toBe(4);
    expect(childOf(tree, 'c')).toBeUndefined();
  });

  it.each(['{ a: 1', '', 'a', "{ a: 'b }", '{} {}'])('refuses %j', text => {
    expect(() => parseJson5Tree(text)).toThrow();
  });
});

describe('parseTomlTree', () => {
  it('reads tables and names the line of a fault', () => {
    const tree = parseTomlTree('[tool.uv]\nexclude-newer = "7 days"\n');
    expect(textOf(childOf(tree, 'tool', 'uv', 'exclude-newer'))).toBe('7 days');
    expect(() => parseTomlTree('a = 1\nb =\n')).toThrow(
      expect.objectContaining({ line: 2 }),
    );
  });
});
