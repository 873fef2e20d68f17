import { advisoriesFor } from './actionAdvisories';
import { isFixedInside } from './actionDepth';
import { commentedVersion, isCommentTrue } from './actionReleases';

const CHECKOUT = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const OTHER = 'b'.repeat(40);

describe('advisoriesFor', () => {
  const tagged = (uses: string) => {
    const [name, ref] = uses.split('@');
    return advisoriesFor({ name, ref, pinned: false });
  };
  const pinned = (uses: string, comment?: string) => {
    const [name, ref] = uses.split('@');
    return advisoriesFor({ name, ref, comment, pinned: true });
  };

  it.each([
    ['aquasecurity/trivy-action@0.34.2', ['CVE-2026-33634']],
    ['AquaSecurity/Trivy-Action@v0.28.0', ['CVE-2026-33634']],
    ['aquasecurity/trivy-action@v0.35.0', []],
    ['tj-actions/changed-files@v45', ['CVE-2025-30066']],
    ['tj-actions/changed-files@v40.1.0', ['CVE-2025-30066', 'CVE-2023-51664']],
    ['tj-actions/changed-files@v46', []],
    ['reviewdog/action-setup@v1', ['CVE-2025-30154']],
    ['reviewdog/action-setup@v1.3.2', []],
    ['actions-cool/issues-helper@main', ['hijacked 2026-05-18']],
    ['actions/download-artifact@v4', []],
    ['actions/download-artifact@v4.1.2', ['CVE-2024-42471']],
    ['actions/download-artifact@v3.0.2', []],
    ['actions/checkout@v1', []],
  ])('%s', (uses, expected) => {
    expect(tagged(uses)).toEqual(expected);
  });

  it('believes a commit of before a hijacking, and knows the malicious ones', () => {
    expect(pinned(`aquasecurity/trivy-action@${OTHER}`, 'v0.30.0')).toEqual([]);
    const bad = '0e58ed8671d6b60d0890c21b07f8835ace038e67';
    expect(pinned(`tj-actions/changed-files@${bad}`, 'v45.0.7')).toEqual([
      'CVE-2025-30066',
    ]);
  });

  it('takes the version of a commit from its comment', () => {
    const uses = `step-security/harden-runner@${OTHER}`;
    expect(pinned(uses, 'v2.10.1')).toEqual(['CVE-2024-52587']);
    expect(pinned(uses, 'v2.10.2')).toEqual([]);
    expect(pinned(uses)).toEqual([]);
  });
});

describe('isCommentTrue', () => {
  it.each([
    ['actions/checkout', CHECKOUT, 'v7.0.1', true],
    ['Actions/Checkout', CHECKOUT, '7.0.1', true],
    ['actions/checkout', CHECKOUT, 'v7', true],
    ['actions/checkout', CHECKOUT, 'tag=v7.0.1 (2026-07-17)', true],
    ['actions/checkout', CHECKOUT, 'v7.0.0', false],
    ['actions/checkout', CHECKOUT, 'v6', false],
    ['actions/checkout', OTHER, 'v7.0.1', false],
    ['actions/checkout', OTHER, 'v7.3.0', undefined],
    ['acme/action', OTHER, 'v1.0.0', undefined],
    ['acme/action', OTHER, undefined, true],
    ['acme/action', OTHER, 'the good one', true],
  ])('%s@%s # %s is %s', (name, sha, comment, expected) => {
    expect(isCommentTrue({ name, sha, comment })).toBe(expected);
  });

  it('reads a version only where one stands', () => {
    expect(commentedVersion('v1.2.3-rc.1')).toBeUndefined();
    expect(commentedVersion('ratchet:actions/x@v4')).toBeUndefined();
  });
});

describe('isFixedInside', () => {
  it.each([
    ['Actions/Checkout', true],
    ['actions/attest-sbom', true],
    ['ossf/scorecard-action', false],
    ['acme/action', undefined],
    ['constructor', undefined],
  ])('%s is %s', (name, expected) => {
    expect(isFixedInside(name)).toBe(expected);
  });
});
