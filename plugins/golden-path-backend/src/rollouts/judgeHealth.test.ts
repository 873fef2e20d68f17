import { computeHealth, parseDeliveryEvent } from '@goldenpath/engine';
import { judgeHealth } from './judgeHealth';

const ENTITY = 'component:default/pay';
const merged = new Date('2026-11-10T00:00:00Z');
const now = new Date('2026-11-20T00:00:00Z');
const before = new Date('2026-10-13T00:00:00Z');

let made = 0;
function event(type: string, at: string, content: object, subjectId = 'pay') {
  made += 1;
  return parseDeliveryEvent({
    context: {
      specversion: '0.5.1',
      id: `e${made}`,
      source: '/ci',
      type: `dev.cdevents.${type}`,
      timestamp: at,
    },
    subject: { id: subjectId, source: '/ci', content },
    customData: { goldenPath: { entityRef: ENTITY } },
  });
}
const environment = { id: 'production' };
const deployed = (at: string, version: string) =>
  event('service.deployed.0.3.0', at, {
    environment,
    artifactId: `pkg:oci/pay@${version}`,
  });
const rolledBack = (at: string, version: string) =>
  event('service.rolledback.0.3.0', at, {
    environment,
    artifactId: `pkg:oci/pay@${version}`,
  });
const incident = (at: string, id: string) =>
  event('incident.detected.0.3.0', at, { environment, description: 'x' }, id);
const resolved = (at: string, id: string) =>
  event('incident.resolved.0.3.0', at, { environment }, id);

const wellBefore = [
  deployed('2026-10-20T10:00:00Z', '1'),
  deployed('2026-10-27T10:00:00Z', '2'),
  deployed('2026-11-03T10:00:00Z', '3'),
];
const wellAfter = [
  deployed('2026-11-11T10:00:00Z', '4'),
  deployed('2026-11-12T10:00:00Z', '5'),
  deployed('2026-11-13T10:00:00Z', '6'),
];

function judged(
  events: ReturnType<typeof event>[],
  instrumented = { deployments: true, incidents: true },
) {
  const report = (from: Date, to: Date) =>
    computeHealth({
      events,
      entityRef: ENTITY,
      environment: 'production',
      from,
      to,
      now,
      instrumented,
    });
  return judgeHealth({
    after: report(merged, now),
    before: report(before, merged),
    since: merged,
    now,
  });
}

describe('judgeHealth', () => {
  it('is good when nothing is open and the rate did not rise', () => {
    expect(judged([...wellBefore, ...wellAfter]).status).toBe('good');
  });

  it('fell with an incident that began after the merge and is open', () => {
    expect(
      judged([
        ...wellBefore,
        ...wellAfter,
        incident('2026-11-14T00:00:00Z', 'i1'),
      ]),
    ).toMatchObject({ status: 'fallen', cause: expect.stringContaining('i1') });
  });

  it('did not fall with an incident that began before, or is over', () => {
    expect(
      judged([
        ...wellBefore,
        ...wellAfter,
        incident('2026-11-01T00:00:00Z', 'old'),
        incident('2026-11-14T00:00:00Z', 'short'),
        resolved('2026-11-14T01:00:00Z', 'short'),
      ]).status,
    ).toBe('good');
  });

  it('fell when more of the deployments fail than before', () => {
    expect(
      judged([
        ...wellBefore,
        ...wellAfter,
        rolledBack('2026-11-13T12:00:00Z', '5'),
      ]),
    ).toMatchObject({
      status: 'fallen',
      cause: expect.stringContaining('and 0 % before'),
    });
  });

  it('is unknown with too few deployments, nothing to compare with, or no incidents', () => {
    expect(judged([...wellBefore, ...wellAfter.slice(1)]).status).toBe(
      'unknown',
    );
    expect(judged(wellAfter).status).toBe('unknown');
    expect(judged([]).status).toBe('unknown');
    expect(
      judged([...wellBefore, ...wellAfter], {
        deployments: true,
        incidents: false,
      }).status,
    ).toBe('unknown');
  });
});
