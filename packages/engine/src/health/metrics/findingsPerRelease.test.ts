import { deployed, pipeline, rolledBack } from '../__fixtures__/deliveryEvents';
import { finding, scan } from '../__fixtures__/downstreamEvents';
import {
  newFindings,
  ONE,
  RELEASES,
  scanned,
  THREE,
  TWO,
} from '../__fixtures__/releases';
import { metricsOf } from '../__fixtures__/report';

function partOf(metric: ReturnType<typeof newFindings>, name: string) {
  return metric.parts!.find(part => part.name === name);
}

describe('B5 new findings', () => {
  it('B5 difference: counts what is open in a release and was not in the one before', () => {
    expect(
      newFindings(
        scanned(ONE, ['f1', 'f2']),
        scanned(TWO, ['f2', 'f3', 'f4']),
        scanned(THREE, ['f1', 'f3']),
      ),
    ).toMatchObject({
      // f3 and f4 in the second release, f1 again in the third
      status: 'insufficient',
      value: 1.5,
      numerator: 3,
      denominator: 2,
      n: 2,
      unit: 'count',
      evidence: [
        'semgrep-a',
        'semgrep-b',
        'r2-deployed',
        'semgrep-c',
        'r3-deployed',
      ],
    });
  });

  it('B5 category: compares only scans of one tool and category', () => {
    expect(
      newFindings(
        scanned(ONE, ['f1'], { category: 'api' }),
        scanned(TWO, ['f1', 'f2'], { category: 'api' }),
        // fingerprint f1 of another category and of another tool: baselines
        scanned(TWO, ['f1'], { category: 'web' }),
        scanned(TWO, ['f1'], { tool: 'codeql' }),
        scanned(THREE, ['f1', 'f9'], { category: 'web' }),
      ),
    ).toMatchObject({ numerator: 2, denominator: 2 });
  });

  it('B5 baseline: the first scanned release has no new findings and is no figure by itself', () => {
    const metric = newFindings(scanned(TWO, ['f1', 'f2']));
    expect(metric).toMatchObject({
      status: 'no-data',
      value: null,
      n: 1,
      note: 'only a baseline: no earlier release was scanned by the same tool',
    });
    expect(
      newFindings(scanned(TWO, ['f1', 'f2']), scanned(THREE, ['f2', 'f3'])),
    ).toMatchObject({
      numerator: 1,
      denominator: 2,
      parts: expect.arrayContaining([
        expect.objectContaining({
          name: 'per-compared-release',
          value: 1,
          denominator: 1,
        }),
      ]),
    });
  });

  it('B5 release: is a succeeded deployment of a commit or artifact not deployed before', () => {
    const again = { content: { artifactId: 'pkg:oci/checkout@r2' } };
    const metric = newFindings(
      scanned(ONE, []),
      scanned(TWO, ['f1']),
      scanned(THREE, ['f1']),
      deployed('again', '2026-01-16T12:00:00Z', { sha: TWO }, again),
      rolledBack('back', '2026-01-17T12:00:00Z', { rollbackOf: 'r3' }),
      pipeline('failed', '2026-01-18T12:00:00Z', 'failure', { sha: 'd' }),
      deployed(
        'staged',
        '2026-01-19T12:00:00Z',
        { sha: 'e'.repeat(40) },
        { environment: 'staging' },
      ),
    );
    expect(partOf(metric, 'coverage')).toMatchObject({
      numerator: 2,
      denominator: 2,
    });
    const rebuilt = newFindings(
      scanned(ONE, []),
      deployed('rebuilt', '2026-01-20T12:00:00Z', { sha: TWO }),
    );
    expect(partOf(rebuilt, 'coverage')).toMatchObject({ denominator: 3 });
  });

  it('B5 scan: takes the latest successful scan of the version', () => {
    const later = (content: object, findings?: string[]) =>
      scan(
        'later',
        '2026-01-10T00:00:00Z',
        findings,
        { ...content },
        {
          sha: TWO,
        },
      );
    const events = [scanned(ONE, []), scanned(TWO, ['f1'])];
    expect(newFindings(...events, later({}, ['f1', 'f2'])).numerator).toBe(2);
    expect(
      newFindings(...events, later({ successful: false }, [])).numerator,
    ).toBe(1);
    expect(newFindings(...events, later({})).numerator).toBe(1);
  });

  it('B5 scan: takes one of the artifact before one of the commit', () => {
    expect(
      newFindings(
        scanned(ONE, []),
        scan('image', '2026-01-08T10:00:00Z', ['f1', 'f2'], {
          artifactId: 'pkg:oci/checkout@r2',
        }),
        scanned(TWO, ['f1']),
      ).numerator,
    ).toBe(2);
  });

  it('B5 scan: one that names no version is of the deployment within 24 hours after it', () => {
    const unnamed = (at: string) =>
      newFindings(
        scanned(ONE, []),
        scan('unnamed', at, ['f1']),
        scanned(THREE, ['f1']),
      ).numerator;
    expect(unnamed('2026-01-08T11:00:00Z')).toBe(1);
    expect(
      partOf(
        newFindings(
          scanned(ONE, []),
          scan('old', '2026-01-07T11:59:59Z', ['f1']),
        ),
        'coverage',
      ),
    ).toMatchObject({ numerator: 0, denominator: 2 });
    expect(
      partOf(
        newFindings(
          scanned(ONE, []),
          scan('late', '2026-01-08T12:00:01Z', ['f1']),
        ),
        'coverage',
      ),
    ).toMatchObject({ numerator: 0, denominator: 2 });
  });

  it('B5 not scanned: a failed scan or one without results is never 0, nor is one of another version', () => {
    const metric = newFindings(
      scanned(ONE, ['f1']),
      scanned(TWO, [], { successful: false }),
      scanned(THREE, undefined),
    );
    expect(metric).toMatchObject({
      status: 'no-data',
      value: null,
      n: 0,
      note: 'no release in the window was scanned',
    });
    expect(partOf(metric, 'coverage')).toMatchObject({
      value: 0,
      numerator: 0,
      denominator: 2,
    });
  });

  it('B5 not scanned: the next scanned release is compared with the last scanned one', () => {
    expect(
      newFindings(
        scanned(ONE, ['f1']),
        scanned(TWO, undefined),
        scanned(THREE, ['f1', 'f2']),
      ),
    ).toMatchObject({ numerator: 1, denominator: 1 });
  });

  it('B5 coverage: scanned releases of all, also where no scan was ever reported', () => {
    expect(
      partOf(
        newFindings(
          scanned(ONE, []),
          scanned(TWO, []),
          scanned(THREE, undefined),
        ),
        'coverage',
      ),
    ).toMatchObject({ value: 0.5, numerator: 1, denominator: 2, n: 2 });
    const metric = newFindings();
    expect(metric.status).toBe('not-instrumented');
    expect(partOf(metric, 'coverage')).toMatchObject({
      value: 0,
      denominator: 2,
    });
  });

  it('B5 severity: shows each, and weighs them', () => {
    const metric = newFindings(
      scanned(ONE, []),
      scanned(TWO, [
        finding('f1', { severity: 'critical' }),
        finding('f2', { severity: 'low' }),
      ]),
      scanned(THREE, ['f3', finding('f2', { severity: 'low' })]),
    );
    expect(partOf(metric, 'critical')).toMatchObject({
      value: 0.5,
      numerator: 1,
      denominator: 2,
      evidence: ['semgrep-b'],
    });
    expect(partOf(metric, 'high')).toMatchObject({ value: 0.5 });
    expect(partOf(metric, 'medium')).toMatchObject({ value: 0, numerator: 0 });
    // (9 + 0.1 + 7) / 2
    expect(partOf(metric, 'weighted')!.value).toBeCloseTo(8.05, 10);
    expect(partOf(metric, 'weighted')!.note).toBe(
      'weights: critical 9, high 7, medium 4, low 0.1, none 0',
    );
  });

  it('B5 per 100 changes: over the changes that the scanned releases shipped first', () => {
    const shipping = (
      id: string,
      day: string,
      sha: string,
      changes: string[],
    ) =>
      deployed(id, `2026-01-${day}T12:00:00Z`, {
        sha,
        changes: changes.map(change => ({ sha: change })),
      });
    const metric = metricsOf([
      RELEASES[0],
      shipping('r2', '08', TWO, ['c1', 'c2', 'c3']),
      shipping('r3', '15', THREE, ['c3', 'c4']),
      scanned(ONE, []),
      scanned(TWO, ['f1']),
      scanned(THREE, ['f1', 'f2']),
    ]).findingsPerRelease;
    expect(partOf(metric, 'per-100-changes')).toMatchObject({
      value: 50,
      numerator: 2,
      denominator: 4,
    });
    expect(
      partOf(
        newFindings(scanned(ONE, []), scanned(TWO, [])),
        'per-100-changes',
      ),
    ).toMatchObject({ value: null });
  });

  it('B5 Garwood: has the exact Poisson interval, also for no finding', () => {
    const { interval } = newFindings(
      scanned(ONE, []),
      scanned(TWO, []),
      scanned(THREE, []),
    );
    // chi-square(0.975, 2) / 2 = -ln(0.025) = 3.6889 over 2 releases
    expect(interval!.low).toBe(0);
    expect(interval!.high).toBeCloseTo(3.688879 / 2, 6);
  });

  it('B5 status: ok from five scanned releases', () => {
    const shas = ['1', '2', '3', '4', '5', '6'].map(digit => digit.repeat(40));
    const events = shas.flatMap((sha, index) => {
      const day = `2026-01-${String(index + 4).padStart(2, '0')}`;
      return [
        deployed(`d${index}`, `${day}T12:00:00Z`, { sha }),
        scan(`s${index}`, `${day}T11:00:00Z`, [`f${index}`], {}, { sha }),
      ];
    });
    expect(metricsOf(events).findingsPerRelease).toMatchObject({
      status: 'ok',
      value: 1,
      n: 5,
    });
    expect(metricsOf(events.slice(0, -2)).findingsPerRelease).toMatchObject({
      status: 'insufficient',
      n: 4,
    });
  });

  it('B5 status: is not instrumented without deployments', () => {
    expect(metricsOf([scanned(ONE, ['f1'])]).findingsPerRelease).toMatchObject({
      status: 'not-instrumented',
      value: null,
    });
  });
});
