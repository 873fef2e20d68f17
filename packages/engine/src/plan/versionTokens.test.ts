import { findVersionTokens } from './versionTokens';

const found = (path: string, text: string) =>
  Object.fromEntries(
    [...findVersionTokens(path, text)].map(([key, { text: version }]) => [
      key,
      version,
    ]),
  );

const sha = 'a'.repeat(40);

describe('findVersionTokens', () => {
  it('reads a package.json, whatever its indentation', () => {
    const text = JSON.stringify(
      {
        name: 'x',
        version: '9.9.9',
        packageManager: 'yarn@4.13.0',
        engines: { node: '>=22' },
        dependencies: { '@a/b': '^1.0.0' },
        devDependencies: { c: '2' },
      },
      null,
      '\t',
    );
    expect(found('packages/x/package.json', text)).toEqual({
      'packageManager yarn': '4.13.0',
      'engines node': '>=22',
      'dependencies @a/b': '^1.0.0',
      'devDependencies c': '2',
    });
  });

  it('reads actions and images of YAML, with the comment of a hash', () => {
    const text = `jobs:
  a:
    container: { image: "localhost:5000/x/y:1.2" }
    steps:
      - uses: actions/checkout@${sha} # v4.1.0 as of today
      - uses: 'actions/cache/save@v4'
      - uses: ./local
`;
    expect(found('.github/workflows/ci.yml', text)).toEqual({
      'image localhost:5000/x/y': '1.2',
      'uses actions/checkout': `${sha} # v4.1.0`,
      'uses actions/cache/save': 'v4',
    });
  });

  it('reads base images of Dockerfiles', () => {
    expect(
      found(
        'Dockerfile.dev',
        'ARG A\nFROM --platform=linux/amd64 node:22@sha256:ab AS b\nFROM b\n',
      ),
    ).toEqual({ 'FROM node': '22@sha256:ab' });
  });

  it('leaves out what is named with two versions', () => {
    expect(
      found('x.yaml', 'a: { uses: a/b@v1 }\nb: { uses: a/b@v2 }\n'),
    ).toEqual({});
  });

  it.each([
    ['package.json', '{ "dependencies": { "a": "1"'],
    ['package.json', '<<<<<<< {'],
    ['x.yml', 'uses: [a\n  image: }'],
    ['notes.txt', 'image: x:1'],
    ['package.json', '"text"'],
  ])('finds nothing in %s: %s', (path, text) => {
    expect(found(path, text)).toEqual({});
  });
});
