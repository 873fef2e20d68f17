import { artifactPrefixes, fitsArtifact, parseArtifactId } from './artifactIds';

it.each([
  ['pkg:oci/pay', 'pkg:oci/pay', undefined],
  ['PKG:oci/pay@sha256%3Aab', 'pkg:oci/pay', 'sha256:ab'],
  ['pkg:npm/%40acme/pay@1.2.0', 'pkg:npm/@acme/pay', '1.2.0'],
  ['pkg:npm/@acme/pay', 'pkg:npm/@acme/pay', undefined],
  ['pkg:golang/x.org/y@v1?a=b#sub/z', 'pkg:golang/x.org/y', 'v1'],
  ['ghcr.io/acme/pay:1.2', 'ghcr.io/acme/pay', '1.2'],
  ['localhost:5000/pay@sha256:ab', 'localhost:5000/pay', 'sha256:ab'],
  ['pay', 'pay', undefined],
  ['pkg:oci/100%', 'pkg:oci/100%', undefined],
])('takes %s apart', (id, base, version) => {
  expect(parseArtifactId(id)).toMatchObject({ base, version });
});

it('finds an id by everything that ends before a slash', () => {
  expect(artifactPrefixes('pkg:oci/acme/pay')).toEqual([
    'pkg:oci',
    'pkg:oci/acme',
    'pkg:oci/acme/pay',
  ]);
});

it.each([
  ['pkg:oci/pay', true],
  ['pkg:oci/pay@2', false],
  ['pkg:oci/pay@1', true],
  ['pkg:oci/pay?repository_url=ghcr.io/a', true],
  ['pkg:oci/pay?repository_url=ghcr.io/b', false],
])('asks for what %s has', (wanted, fits) => {
  const id = parseArtifactId('pkg:oci/pay@1?tag=x&repository_url=ghcr.io/a');
  expect(fitsArtifact(parseArtifactId(wanted), id)).toBe(fits);
});
