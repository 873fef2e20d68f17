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

  it.each([
    [
      'def test_a():\n    run("a-flag", True)\n    run("a-flag", False)\n',
      true,
    ],
    ['def test_a():\n    run("a-flag", True)\n', false],
    ['def test_a():\n    run("a-flag", Trueish, Falsehood)\n', false],
  ])('tested in Python by %s: %s', (text, expected) => {
    expect(flagOf({ variants }, { 'tests/test_a.py': text }).tested).toBe(
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

  it('are wired in Python, where one waits for the provider too', () => {
    const { flags } = describeTexts({
      'pyproject.toml':
        '[project]\ndependencies = ["openfeature-sdk==0.10.0"]\n',
      'service/flags.py': 'api.set_provider_and_wait(provider, domain)\n',
    });
    expect(flags?.sdks).toMatchObject([
      { name: 'openfeature-sdk', scope: 'runtime' },
    ]);
    expect(flags?.providers).toEqual([
      { file: 'service/flags.py', line: 1, connects: true },
    ]);
  });

  it.each([
    'openfeature.SetProvider(p)',
    'api.SetProviderAndWait(ctx, p)',
    'openfeature.SetNamedProviderWithContextAndWait(ctx, "service", p)',
  ])('are wired in Go by %s', call => {
    const { flags } = describeTexts({
      'go.mod':
        'module service\n\nrequire github.com/open-feature/go-sdk v1.20.0\n',
      'internal/flags/flags.go': `package flags\n\nvar err = ${call}\n`,
    });
    expect(flags?.providers).toEqual([
      { file: 'internal/flags/flags.go', line: 3, connects: true },
    ]);
  });

  it('stay open for builds whose dependencies are not read', () => {
    const { flags } = describeTexts({ 'build.gradle': '' });
    expect(flags?.sdks).toEqual([
      { file: 'build.gradle', line: 1, unreadable: true },
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
