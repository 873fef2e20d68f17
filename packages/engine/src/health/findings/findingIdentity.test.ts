import { finding, vulnerability } from '../__fixtures__/downstreamEvents';
import {
  newFindings,
  ONE,
  scanned,
  THREE,
  TWO,
} from '../__fixtures__/releases';

describe('B5 identity of findings', () => {
  it('B5 suppression: what is suppressed is not open', () => {
    const suppressed = finding('f2', { suppressed: true });
    const events = [scanned(ONE, []), scanned(TWO, ['f1', suppressed])];
    expect(newFindings(...events)).toMatchObject({ numerator: 1 });
    // new where nobody suppresses it any more
    expect(newFindings(...events, scanned(THREE, ['f1', 'f2']))).toMatchObject({
      numerator: 2,
    });
  });

  it('B5 identity: a vulnerability is its alias group and package, whatever its version, id or tool', () => {
    const lodash = 'pkg:npm/lodash';
    expect(
      newFindings(
        scanned(ONE, [vulnerability('CVE-2026-10', `${lodash}@4.0.0`)]),
        scanned(TWO, [
          vulnerability('GHSA-aaaa-bbbb-cccc', `${lodash}@4.0.1`, {
            aliases: ['CVE-2026-10'],
          }),
        ]),
        scanned(THREE, [
          vulnerability('cve-2026-10', `${lodash}@4.0.2?arch=x`),
          vulnerability('CVE-2026-10', 'pkg:npm/%40scope/lodash@4.0.2'),
        ]),
      ),
      // only the other package
    ).toMatchObject({ numerator: 1 });
    expect(
      newFindings(
        scanned(ONE, [vulnerability('CVE-2026-10', lodash)]),
        scanned(ONE, [], { tool: 'trivy' }),
        scanned(TWO, [vulnerability('CVE-2026-11', lodash)]),
        scanned(
          TWO,
          [
            vulnerability('CVE-2026-10', lodash),
            vulnerability('CVE-2026-11', lodash),
          ],
          { tool: 'trivy' },
        ),
      ).numerator,
      // CVE-2026-11 once, though two tools report it; CVE-2026-10 was known to the other tool
    ).toBe(1);
  });

  it('B5 identity: rules that share a name are not aliases', () => {
    const rule = (cve: string) =>
      vulnerability('vulnerable-dependency', 'pkg:npm/a', { aliases: [cve] });
    expect(
      newFindings(
        scanned(ONE, [rule('CVE-2026-1')]),
        scanned(TWO, [rule('CVE-2026-1'), rule('CVE-2026-2')]),
      ).numerator,
    ).toBe(1);
  });
});
