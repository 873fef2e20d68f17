import { vex, vulnerability } from '../__fixtures__/downstreamEvents';
import { newFindings, ONE, scanned, TWO } from '../__fixtures__/releases';

describe('B5 VEX statements', () => {
  it.each([
    ['not_affected', 0],
    ['false_positive', 0],
    ['resolved', 0],
    ['fixed', 0],
    ['affected', 1],
    ['exploitable', 1],
    ['in_triage', 1],
    ['under_investigation', 1],
  ])('B5 VEX: %s leaves %d open', (status, numerator) => {
    expect(
      newFindings(
        scanned(ONE, []),
        scanned(TWO, [
          vulnerability('GHSA-aaaa-bbbb-cccc', 'pkg:npm/lodash@4.0.1', {
            aliases: ['CVE-2026-10'],
          }),
        ]),
        vex('v', '2026-01-20T00:00:00Z', {
          vulnerability: 'CVE-2026-10',
          products: ['pkg:npm/lodash'],
          status,
        }),
      ).numerator,
    ).toBe(numerator);
  });

  it.each([
    ['the same version', 'pkg:npm/lodash@4.0.1', 0],
    ['another version', 'pkg:npm/lodash@4.0.2', 1],
    ['another package', 'pkg:npm/left-pad', 1],
    ['the scanned artifact', 'pkg:oci/checkout@sha256%3Aaa', 0],
  ])('B5 VEX: holds for %s', (_, product, numerator) => {
    expect(
      newFindings(
        scanned(ONE, []),
        scanned(TWO, [vulnerability('CVE-2026-10', 'pkg:npm/lodash@4.0.1')], {
          artifactId: 'pkg:oci/checkout@sha256:aa',
        }),
        vex('v', '2026-01-20T00:00:00Z', {
          vulnerability: 'CVE-2026-10',
          products: [product],
          status: 'fixed',
        }),
      ).numerator,
    ).toBe(numerator);
  });

  it('B5 VEX: the latest statement counts, and is evidence', () => {
    const statement = (
      id: string,
      day: string,
      status: string,
      products?: string[],
    ) =>
      vex(id, `2026-01-${day}T00:00:00Z`, {
        vulnerability: 'CVE-2026-10',
        status,
        products,
      });
    const events = [
      scanned(ONE, []),
      scanned(TWO, [vulnerability('CVE-2026-10', 'pkg:npm/a')]),
      statement('v1', '20', 'not_affected'),
    ];
    expect(newFindings(...events)).toMatchObject({
      numerator: 0,
      evidence: expect.arrayContaining(['v1']),
    });
    expect(
      newFindings(...events, statement('v2', '21', 'affected', ['pkg:npm/a']))
        .numerator,
    ).toBe(1);
  });
});
