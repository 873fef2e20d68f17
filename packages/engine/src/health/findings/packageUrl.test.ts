import { splitPackageUrl } from './packageUrl';

describe('splitPackageUrl', () => {
  it.each([
    ['pkg:npm/lodash@4.17.21', 'pkg:npm/lodash', 'pkg:npm/lodash@4.17.21'],
    ['pkg:NPM/lodash', 'pkg:npm/lodash', 'pkg:npm/lodash'],
    ['pkg:npm/%40acme/ui@1.0.0', 'pkg:npm/@acme/ui', 'pkg:npm/@acme/ui@1.0.0'],
    ['pkg:npm/@acme/ui', 'pkg:npm/@acme/ui', 'pkg:npm/@acme/ui'],
    [
      'pkg:deb/debian/curl@7.50?arch=i386#src',
      'pkg:deb/debian/curl',
      'pkg:deb/debian/curl@7.50',
    ],
    ['pkg:oci/app@sha256%3Aab', 'pkg:oci/app', 'pkg:oci/app@sha256:ab'],
    ['%broken', '%broken', '%broken'],
  ])('takes %s apart', (purl, name, versioned) => {
    expect(splitPackageUrl(purl)).toEqual({ name, versioned });
  });
});
