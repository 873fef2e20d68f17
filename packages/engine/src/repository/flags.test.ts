import { describeTexts } from './__fixtures__/describeTexts';

const FILE = 'flags/flags.json';

function flagOf(flag: object, texts: Record<string, string> = {}) {
  const { flags } = describeTexts({
    ...texts,
    [FILE]: JSON.stringify({ flags: { 'a-flag': flag } }, null, 1),
  });
  return flags!.declared[0];
}

const variants = { on: true, off: false };

describe('flags', () => {
  it.each([
    [{ expires: '2026-11-21' }, { hasExpiry: true, expired: false }],
    [{ expires: '2026-11-20' }, { hasExpiry: true, expired: true }],
    [{ expires: '2026-11-21T11:00:00Z' }, { hasExpiry: true, expired: true }],
    [{ expires: 'soon' }, { hasExpiry: false, expired: false }],
    [{ type: 'ops' }, { permanent: true, hasExpiry: false }],
    [{}, { type: 'release', permanent: false, hasOwner: false }],
    [{ owner: 'team' }, { hasOwner: true }],
  ])('with %j', (metadata, expected) => {
    expect(flagOf({ variants, metadata })).toMatchObject({
      file: FILE,
      line: 3,
      key: 'a-flag',
      ...expected,
    });
  });

  it.each([
    ["test('a-flag', () => { is('on'); is('off'); })", true],
    ['test("a-flag", () => { set(true); set(false); })', true],
    ["test('a-flag', () => { is('on'); })", false],
    ["test('another', () => { is('on'); is('off'); })", false],
    ["test('a-flag', () => { is('on'); trueish(falsehood); })", false],
    ["test('all', () => read('flags/flags.json'))", undefined],
  ])('tested by %s: %s', (text, expected) => {
    expect(flagOf({ variants }, { 'test/a.test.ts': text }).tested).toBe(
      expected,
    );
  });

  it('need a library and a place that connects a provider', () => {
    const wired = (source: string, dependencies: object) =>
      describeTexts({
        'package.json': JSON.stringify({ dependencies }),
        'src/a.ts': source,
        'test/a.ts': 'setProvider(x)',
      }).flags!;
    const sdk = { '@openfeature/server-sdk': '1' };
    expect(wired('OpenFeature.setProvider(x)', sdk)).toMatchObject({
      sdks: [{ name: '@openfeature/server-sdk', scope: 'runtime' }],
      providers: [{ file: 'src/a.ts', line: 1, connects: true }],
    });
    expect(wired('// OpenFeature.setProvider(x)', sdk).providers).toEqual([]);
    expect(wired('x', {}).sdks).toEqual([]);
  });

  it('stay open for builds whose dependencies are not read', () => {
    const { flags } = describeTexts({ 'pom.xml': '<project/>' });
    expect(flags?.sdks).toEqual([
      { file: 'pom.xml', line: 1, unreadable: true },
    ]);
  });

  it('are read from the file the service names', () => {
    const { flags } = describeTexts({
      'golden-path.yaml': 'flags: { provider: file, file: config/f.json }',
      'config/f.json': '{"flags":{"x":{}}}',
    });
    expect(flags?.files).toEqual(['config/f.json']);
  });
});
