import { compareSemver, higherVersion } from './compareVersions';

it('compares numbers as numbers', () => {
  expect(compareSemver('1.9.0', '1.10.0')).toBeLessThan(0);
  expect(compareSemver('1.0.0-rc.1', '1.0.0')).toBeLessThan(0);
  expect(compareSemver('unreleased', '1.0.0')).toBeUndefined();
});

const sha = (digit: string) => digit.repeat(40);

it.each([
  ['dependencies a', '^1.9.0', '^1.10.0', 'b'],
  ['dependencies a', '~2.0.0', '^1.10.0', 'a'],
  ['dependencies a', '^1.0.0', '1.0.0', undefined],
  ['dependencies a', 'workspace:^', '^1.0.0', undefined],
  ['dependencies a', 'latest', '^1.0.0', undefined],
  ['engines node', '>=22', '>=24', 'b'],
  ['packageManager yarn', '4.9.0', '4.13.0+sha224.aa', 'b'],
  ['uses a/b', 'v4', 'v4.1.0', 'b'],
  ['uses a/b', `${sha('a')} # v9`, `${sha('b')} # v10.0.1`, 'b'],
  ['uses a/b', sha('a'), sha('b'), undefined],
  ['uses a/b', `${sha('1')}`, 'v1', undefined],
  ['FROM node', '22.9-slim', '22.10-slim@sha256:ab', 'b'],
  ['FROM node', '22-slim', '24-alpine', undefined],
  ['FROM node', '22@sha256:aa', '22@sha256:bb', undefined],
  ['image x', '1.2', '1.2.1', 'b'],
  ['image x', 'latest', '2', undefined],
])('%s: of %s and %s the higher is %s', (key, a, b, higher) => {
  expect(higherVersion(key, a, b)).toBe(higher);
});
