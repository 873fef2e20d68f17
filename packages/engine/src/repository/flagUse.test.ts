import { findFlagUse } from './flagUse';
import { describeTexts, openTexts } from './__fixtures__/describeTexts';

const uses = (file: string, text: string) =>
  findFlagUse(openTexts({ [file]: text })).map(u => [u.key, u.certainty]);

describe('findFlagUse', () => {
  it.each([
    ['src/a.ts', "client.getBooleanValue('a', false)"],
    ['src/a.tsx', "const { value } = useFlag('a', false)"],
    ['src/a.ts', "const KEY = 'a';\nclient.getStringDetails(KEY, 'x', {})"],
    ['app/a.py', 'client.get_boolean_value("a", False)'],
    [
      'a.go',
      'on, err := client.BooleanValue(ctx, "a", false, openfeature.EvaluationContext{})',
    ],
    ['src/main/java/A.java', 'client.getBooleanValue("a", false)'],
  ])('finds the key in %s: %s', (file, text) => {
    expect(uses(file, text)).toEqual([['a', 'literal']]);
  });

  it.each([
    ['src/a.ts', '// client.getBooleanValue("a", false)'],
    ['src/a.ts', 'node.getBooleanValue()'],
    ['src/a.ts', 'function useFlag(key, value) {}'],
    ['src/a.test.ts', 'client.getBooleanValue("a", false)'],
    ['app/a.py', '# client.get_boolean_value("a", False)'],
    ['a.go', 'builder.String("a")'],
  ])('finds none in %s: %s', (file, text) => {
    expect(uses(file, text)).toEqual([]);
  });

  it('takes keys from the table that holds the defaults', () => {
    const table =
      "const DEFAULTS = {\n  'a': true,\n  b: false,\n} as const;\n";
    const call = 'client.getBooleanDetails(key, DEFAULTS[key], context)';
    expect(uses('src/a.ts', table + call)).toEqual([
      ['a', 'table'],
      ['b', 'table'],
    ]);
    expect(uses('src/a.ts', call)).toEqual([[undefined, undefined]]);
    expect(
      uses('src/a.ts', `const DEFAULTS = { ...more, a: true };\n${call}`),
    ).toEqual([[undefined, undefined]]);
  });

  it('takes keys from the table of a Python module', () => {
    const table =
      'FLAG_DEFAULTS: Final[Mapping[FlagKey, bool]] = {\n    "a": True,\n    "b": False,\n}\n';
    const call =
      'details = await client.get_boolean_details_async(\n    key, FLAG_DEFAULTS[key], context\n)\n';
    expect(uses('service/flags.py', table + call)).toEqual([
      ['a', 'table'],
      ['b', 'table'],
    ]);
    expect(uses('service/flags.py', call)).toEqual([[undefined, undefined]]);
    for (const open of [
      'FLAG_DEFAULTS = {A: True}\n',
      'FLAG_DEFAULTS = {**MORE, "a": True}\n',
      'FLAG_DEFAULTS = {key: False for key in KEYS}\n',
      'use(FLAG_DEFAULTS={"a": True})\n',
    ]) {
      expect(uses('service/flags.py', open + call)).toEqual([
        [undefined, undefined],
      ]);
    }
  });

  it('does not tell a key that is made at run time', () => {
    const found = uses('src/a.ts', 'client.getBooleanValue(`a-${b}`, false)');
    expect(found).toEqual([[undefined, undefined]]);
  });

  it('leaves open what is declared when flags live elsewhere', () => {
    const call = { 'src/a.ts': "client.getBooleanValue('a', false)" };
    expect(describeTexts(call).flags?.used).toEqual([
      { file: 'src/a.ts', line: 1, key: 'a', certainty: 'literal' },
    ]);
    const flags = { flags: { a: {}, b: {} } };
    const declared = describeTexts({
      ...call,
      'flags/flags.json': JSON.stringify(flags),
    }).flags;
    expect(declared?.used).toMatchObject([{ key: 'a', declared: true }]);
    expect(declared?.declared.map(f => f.used)).toEqual([true, false]);
  });
});
