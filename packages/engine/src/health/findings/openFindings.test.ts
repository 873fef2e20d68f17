import { deployed, rolledBack } from '../__fixtures__/deliveryEvents';
import {
  finding,
  scan,
  vex,
  vulnerability,
} from '../__fixtures__/downstreamEvents';
import { openFindings } from './openFindings';

const ONE = 'a'.repeat(40);
const TWO = 'b'.repeat(40);
const AT = new Date('2026-01-11T00:00:00Z');

const EVENTS = [
  scan(
    's2',
    '2026-01-08T00:00:00Z',
    [finding('f1'), finding('f2', { severity: 'critical' })],
    {},
    { sha: TWO },
  ),
  deployed('r2', '2026-01-08T01:00:00Z', { sha: TWO }),
  deployed('r1', '2026-01-01T01:00:00Z', { sha: ONE }),
  scan('s1', '2026-01-01T00:00:00Z', ['f1', 'f0'], {}, { sha: ONE }),
  // of a branch that nobody deployed
  scan('s3', '2026-01-10T00:00:00Z', ['f3'], {}, { sha: 'c'.repeat(40) }),
];

describe('openFindings', () => {
  it('gives those of what is deployed, worst first, with their age', () => {
    const open = openFindings(EVENTS, AT);
    expect(open).toMatchObject({
      status: 'ok',
      bySeverity: { critical: 1, high: 1, medium: 0, low: 0, none: 0 },
      evidence: ['s2'],
    });
    expect(
      open.findings.map(
        ({ finding: { fingerprint }, ageSeconds, evidence }) => [
          fingerprint,
          ageSeconds / 86_400,
          evidence,
        ],
      ),
    ).toEqual([
      ['f2', 3, ['s2']],
      ['f1', 10, ['s1', 's2']],
    ]);
  });

  it('follows a rollback to the older version', () => {
    const events = [
      ...EVENTS,
      rolledBack('r3', '2026-01-09T00:00:00Z', { rollbackOf: 'r2', sha: ONE }),
    ];
    expect(openFindings(events, AT).evidence).toEqual(['s1']);
  });

  it('passes over what came later', () => {
    expect(
      openFindings(EVENTS, new Date('2026-01-05T00:00:00Z')).evidence,
    ).toEqual(['s1']);
  });

  it('takes the latest scans where nothing is known to be deployed', () => {
    const scans = EVENTS.filter(({ kind }) => kind === 'scan-finished');
    expect(openFindings(scans, AT).evidence).toEqual(['s3']);
  });

  it('leaves out what a VEX statement settles', () => {
    const events = [
      scan('s1', '2026-01-01T00:00:00Z', [
        vulnerability('CVE-2026-1', 'pkg:npm/a'),
      ]),
      vex('v1', '2026-01-02T00:00:00Z', {
        vulnerability: 'CVE-2026-1',
        status: 'not_affected',
      }),
    ];
    expect(openFindings(events, AT).findings).toEqual([]);
    expect(openFindings(events.slice(0, 1), AT).findings).toHaveLength(1);
  });

  it('tells no scan and no successful scan from no finding', () => {
    expect(openFindings([], AT).status).toBe('not-instrumented');
    expect(
      openFindings(
        [scan('s', '2026-01-01T00:00:00Z', [], { successful: false })],
        AT,
      ).status,
    ).toBe('no-data');
    expect(
      openFindings([scan('s', '2026-01-01T00:00:00Z', [])], AT),
    ).toMatchObject({ status: 'ok', findings: [] });
  });
});
