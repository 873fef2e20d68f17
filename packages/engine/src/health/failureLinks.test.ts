import {
  body,
  change,
  deployed,
  detected,
  pipeline,
  resolved,
  rolledBack,
} from './__fixtures__/deliveryEvents';
import { metricsOf } from './__fixtures__/report';
import type { HealthOptions } from './computeHealth';
import type { DeliveryEvent } from './deliveryEvent';
import { parseDeliveryEvent } from './parseDeliveryEvent';

const at = (time: string, day = '06') => `2026-01-${day}T${time}:00Z`;

/** Failures as `deployment: kind, kind`. */
function failuresOf(
  events: DeliveryEvent[],
  options: Partial<HealthOptions> = {},
): string[] {
  const { changeFailRate } = metricsOf(events, {
    instrumented: { incidents: true },
    ...options,
  });
  return changeFailRate.failures!.map(
    ({ deploymentId, links }) =>
      `${deploymentId}: ${links.map(({ kind }) => kind).join(', ')}`,
  );
}

const d1 = deployed('d1', at('10:00'), { sha: 'aaaaaaa1' });
const d2 = deployed('d2', at('12:00'), { sha: 'bbbbbbb2' });

describe('explicit links', () => {
  it.each([
    ['the deployment', { causedBy: { deploymentId: 'd1' } }],
    ['the commit', { causedBy: { sha: 'AAAAAAA1' } }],
  ])('follow %s an incident names, whatever came later', (_name, data) => {
    expect(
      failuresOf([d1, d2, detected('i', at('13:00', '25'), data)]),
    ).toEqual(['d1: explicit']);
  });

  it('follow a commit shipped among others, long or short', () => {
    const sha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
    const shipping = deployed('d1', at('10:00'), { changes: [{ sha }] });
    for (const named of [sha, sha.slice(0, 7)]) {
      expect(
        failuresOf([
          shipping,
          d2,
          detected('i', at('13:00'), { causedBy: { sha: named } }),
        ]),
      ).toEqual(['d1: explicit']);
    }
  });

  it('follow a commit shipped twice to its latest deployment before the incident', () => {
    const again = (id: string, time: string) =>
      deployed(id, at(time), { sha: 'aaaaaaa1' });
    expect(
      failuresOf([
        d1,
        again('d2', '12:00'),
        again('d3', '15:00'),
        detected('i', at('13:00'), { causedBy: { sha: 'aaaaaaa1' } }),
      ]),
    ).toEqual(['d2: explicit']);
  });

  it('follow the artifact an incident was detected in, however it is written', () => {
    const artifact = (id: string) => ({ content: { artifactId: id } });
    expect(
      failuresOf([
        deployed('d1', at('10:00'), {}, artifact('pkg:oci/a@sha256%3A01')),
        deployed('d2', at('12:00'), {}, artifact('pkg:oci/a@sha256%3A02')),
        detected('i', at('13:00'), {}, artifact('pkg:oci/a@sha256:01')),
      ]),
    ).toEqual(['d1: explicit']);
  });

  it('do not follow the artifact in which it was resolved', () => {
    const artifact = { content: { artifactId: 'pkg:oci/a@1' } };
    expect(
      failuresOf([
        deployed('d1', at('10:00'), {}, artifact),
        detected('i', at('13:00', '20')),
        resolved('i', at('14:00', '20'), {}, artifact),
      ]),
    ).toEqual([]);
  });

  it('are not replaced by a guess when the named cause is not known', () => {
    const events = [
      d1,
      detected('i', at('10:30'), { causedBy: { deploymentId: 'd9' } }),
    ];
    expect(failuresOf(events)).toEqual([]);
    expect(metricsOf(events).changeFailRate.note).toContain(
      '1 incident with a cause that is not known here',
    );
  });

  it('carry the events that make them', () => {
    const { changeFailRate } = metricsOf([
      d1,
      detected('i', at('13:00'), { causedBy: { deploymentId: 'd1' } }),
      resolved('i', at('14:00')),
    ]);
    expect(changeFailRate.failures).toEqual([
      {
        deploymentId: 'd1',
        links: [
          {
            kind: 'explicit',
            confidence: 'confirmed',
            evidence: [
              'i-detected-2026-01-06T13:00:00Z',
              'i-resolved-2026-01-06T14:00:00Z',
            ],
          },
        ],
      },
    ]);
  });
});

describe('links to what was taken back', () => {
  it.each([
    [
      'a rollback that names it',
      [d1, d2, rolledBack('r', at('13:00'), { rollbackOf: 'd1' })],
      ['d1: rolled-back'],
    ],
    [
      'a rollback that names nothing: what was live',
      [d1, d2, rolledBack('r', at('13:00', '20'))],
      ['d2: rolled-back'],
    ],
    [
      'two rollbacks that name nothing: not each other',
      [d1, d2, rolledBack('r1', at('13:00')), rolledBack('r2', at('14:00'))],
      ['d2: rolled-back, rolled-back'],
    ],
    [
      'a deployment declared a rollback',
      [d1, d2, deployed('r', at('13:00'), { kind: 'rollback' })],
      ['d2: rolled-back'],
    ],
    [
      'a rollback under its own id',
      [d1, rolledBack('d1', at('10:30'))],
      ['d1: rolled-back'],
    ],
    [
      'a failed pipeline that was rolled back, and so had reached production',
      [
        d1,
        pipeline('d2', at('12:00'), 'failure'),
        rolledBack('r', at('12:10'), { rollbackOf: 'd2' }),
      ],
      ['d2: rolled-back'],
    ],
    [
      'a rollout that failed in production',
      [d1, pipeline('d2', at('12:00'), 'failure', { reachedProduction: true })],
      ['d2: failed-rollout'],
    ],
    [
      'an older commit inside the window',
      [d1, d2, deployed('d3', at('11:59', '07'), { sha: 'aaaaaaa1' })],
      ['d2: rolled-back'],
    ],
    [
      'not an older commit at the end of the window',
      [d1, d2, deployed('d3', at('12:00', '07'), { sha: 'aaaaaaa1' })],
      [],
    ],
    [
      'not the same commit again',
      [d1, deployed('d3', at('11:00'), { sha: 'aaaaaaa1' })],
      [],
    ],
    [
      'not the way forward again after a rollback',
      [
        d1,
        d2,
        rolledBack('r', at('13:00'), { rollbackOf: 'd2', sha: 'aaaaaaa1' }),
        deployed('d3', at('14:00'), { sha: 'bbbbbbb2' }),
      ],
      ['d2: rolled-back'],
    ],
    [
      'an older artifact where no commit is known',
      [
        deployed('d1', at('10:00')),
        deployed('d2', at('12:00')),
        deployed(
          'd3',
          at('13:00'),
          {},
          {
            content: { artifactId: 'pkg:oci/checkout@d1' },
          },
        ),
      ],
      ['d2: rolled-back'],
    ],
  ])('%s', (_name, events, failures) => {
    expect(failuresOf(events)).toEqual(failures);
  });

  it('do not count a pipeline that failed before production', () => {
    const { changeFailRate } = metricsOf(
      [
        d1,
        pipeline('d2', at('12:00'), 'failure'),
        pipeline('d3', at('13:00'), 'failure', { reachedProduction: false }),
      ],
      { instrumented: { incidents: true } },
    );
    expect(changeFailRate).toMatchObject({
      numerator: 0,
      denominator: 1,
      failures: [],
      deliveryFailures: { numerator: 2, denominator: 3 },
    });
  });
});

describe('links to what was repaired', () => {
  it('follow a fix of an incident to what was live when it started', () => {
    expect(
      failuresOf([
        d1,
        detected('i', at('11:00')),
        d2,
        deployed('d3', at('13:00'), { fixes: ['i'] }),
      ]),
    ).toEqual(['d1: repaired']);
  });

  it('follow a fix of an incident that was never seen to what was live before', () => {
    expect(
      failuresOf([d1, deployed('d3', at('13:00'), { fixes: ['INC-9'] })]),
    ).toEqual(['d1: repaired']);
  });

  it('do not blame production for an incident of another environment', () => {
    expect(
      failuresOf([
        d1,
        detected('i', at('11:00'), {}, { environment: 'staging' }),
        deployed('d3', at('13:00'), { fixes: ['i'] }),
      ]),
    ).toEqual([]);
  });

  it('follow the revert of a shipped commit', () => {
    const sha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';
    expect(
      failuresOf([
        deployed('d1', at('10:00'), { changes: [{ sha }] }),
        d2,
        change(
          'created',
          'PR-2',
          at('12:30'),
          { sha: 'ccccccc3' },
          {
            description: `This reverts commit ${sha}.`,
          },
        ),
        deployed('d3', at('13:00'), { changes: [{ sha: 'ccccccc3' }] }),
      ]),
    ).toEqual(['d1: repaired']);
  });
});

it('two incidents on one deployment are one failure, strongest link first', () => {
  const { changeFailRate } = metricsOf(
    [
      d1,
      d2,
      detected('i2', at('13:00')),
      detected('i1', at('13:05'), { causedBy: { deploymentId: 'd2' } }),
      detected('i3', at('13:06'), { causedBy: { sha: 'bbbbbbb2' } }),
      rolledBack('r', at('14:00'), { rollbackOf: 'd2' }),
    ],
    { countSuspected: true },
  );
  expect(changeFailRate).toMatchObject({ numerator: 1, denominator: 3 });
  expect(changeFailRate.failures![0].links.map(({ kind }) => kind)).toEqual([
    'explicit',
    'explicit',
    'rolled-back',
    'time-only',
  ]);
});

it('follows the commit an artifact was packaged from', () => {
  const packaged = parseDeliveryEvent(
    body('artifact.packaged', at('09:00'), {
      id: 'packaged',
      subjectId: 'pkg:oci/checkout@d1',
      content: { change: { id: 'abcdef0123' } },
    }),
  );
  expect(
    failuresOf([
      packaged,
      deployed('d1', at('10:00')),
      deployed('d2', at('12:00')),
      detected('i', at('13:00'), { causedBy: { sha: 'abcdef0' } }),
    ]),
  ).toEqual(['d1: explicit']);
});
