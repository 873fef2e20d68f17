import { openTexts } from './__fixtures__/describeTexts';
import { findFlagUse } from './flagUse';

const FLAG =
  'public enum Flag {\n  A("a-flag", true),\n  @Deprecated("x") B("b-flag", false) { int x() { return 1; } };\n  private final String key;\n}\n';
const CALL =
  'boolean isOn(Flag flag, String who) {\n  return client.getBooleanDetails(flag.key(), flag.fallback(), at(who)).getValue();\n}\n';

function uses(texts: Record<string, string>) {
  return findFlagUse(openTexts(texts)).map(u => [u.file, u.line, u.key]);
}

describe('flags in an enum', () => {
  const FLAGS = 'src/main/java/a/Flags.java';
  const OTHER = 'src/main/java/a/Flag.java';

  it('are the constants, beside the call or in a file of their own', () => {
    expect(uses({ [FLAGS]: `class Flags {\n${FLAG}${CALL}}` })).toEqual([
      [FLAGS, 3, 'a-flag'],
      [FLAGS, 4, 'b-flag'],
    ]);
    expect(uses({ [FLAGS]: `class Flags {\n${CALL}}`, [OTHER]: FLAG })).toEqual(
      [
        [OTHER, 2, 'a-flag'],
        [OTHER, 3, 'b-flag'],
      ],
    );
  });

  it('are read from Kotlin too', () => {
    const file = 'src/main/kotlin/a/Flags.kt';
    const text =
      'enum class Flag(val key: String, val fallback: Boolean) {\n  A("a-flag", true),\n}\nfun isOn(flag: Flag) = client.getBooleanValue(flag.key, flag.fallback)\n';
    expect(uses({ [file]: text })).toEqual([[file, 2, 'a-flag']]);
  });

  it.each([
    ['no enum of the name', { [FLAGS]: CALL }],
    [
      'two of the name',
      { [FLAGS]: CALL, 'b/Flag.java': FLAG, 'c/Flag.java': FLAG },
    ],
    [
      'a key made at run time',
      { [FLAGS]: CALL + FLAG.replace('"b-flag"', 'PREFIX + "b"') },
    ],
    [
      'a default from elsewhere',
      { [FLAGS]: CALL.replace('flag.fallback()', 'false') + FLAG },
    ],
    [
      'another variable',
      { [FLAGS]: CALL.replace('flag.fallback', 'other.fallback') + FLAG },
    ],
  ])('stay open with %s', (_, texts) => {
    const open = [
      FLAGS,
      texts[FLAGS]!.split('\n').findIndex(l => l.includes('getBoolean')) + 1,
      undefined,
    ];
    expect(uses(texts as Record<string, string>)).toEqual([open]);
  });
});
