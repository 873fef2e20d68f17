import {
  change,
  deployed,
  detected,
  pipeline,
  resolved,
  rolledBack,
} from './__fixtures__/deliveryEvents';
import { customBody } from './__fixtures__/ownEvents';
import { WINDOW } from './__fixtures__/report';
import type { HealthOptions } from './computeHealth';
import type { DeliveryEvent } from './deliveryEvent';
import { parseDeliveryEvent } from './parseDeliveryEvent';
import { computeTimeline } from './timeline';

function timelineOf(
  events: DeliveryEvent[],
  options: Partial<HealthOptions> = {},
) {
  return computeTimeline({
    ...WINDOW,
    events,
    entityRef: 'component:default/checkout',
    environment: 'production',
    ...options,
  });
}

const at = (day: number, time = '12:00') =>
  `2026-01-${String(day).padStart(2, '0')}T${time}:00Z`;

/** A custom event of the suite. */
function own(
  name: string,
  id: string,
  time: string,
  content: Record<string, unknown>,
): DeliveryEvent {
  return parseDeliveryEvent(customBody(name, time, content, { id }));
}

function scan(id: string, time: string, fingerprints: string[] | undefined) {
  return own('scan.finished', id, time, {
    tool: 'semgrep',
    successful: fingerprints !== undefined,
    ...(fingerprints && {
      findings: fingerprints.map(fingerprint => ({
        fingerprint,
        severity: 'high',
      })),
    }),
  });
}

function flags(id: string, time: string, observed: Record<string, unknown>[]) {
  return own('flags.observed', id, time, {
    provider: 'unleash',
    flags: observed,
  });
}

describe('computeTimeline', () => {
  it('tells how deployments turned out, by the links of the change fail rate', () => {
    const items = timelineOf([
      deployed('good', at(6)),
      deployed('bad', at(7)),
      detected('inc', at(7, '13:00'), { causedBy: { deploymentId: 'bad' } }),
      resolved('inc', at(7, '14:00')),
      deployed('back', at(8)),
      rolledBack('undo', at(8, '15:00'), { rollbackOf: 'back' }),
      deployed('maybe', at(10)),
      detected('later', at(10, '13:00')),
      pipeline('stopped', at(12), 'cancel'),
      pipeline('broken', at(13), 'failure'),
      deployed('fix', at(14), {
        kind: 'hotfix',
        sha: 'ABCDEF1',
        url: 'https://ci.example/7',
      }),
    ]);
    expect(
      items
        .filter(({ kind }) => kind === 'deployment')
        .map(({ title, outcome, linked }) => [title, outcome, linked]),
    ).toEqual([
      ['Deployment good', 'succeeded', undefined],
      ['Deployment bad', 'failed', ['inc']],
      ['Deployment back', 'rolled-back', undefined],
      ['Rollback undo', 'succeeded', undefined],
      ['Deployment maybe', 'suspected', ['later']],
      ['Deployment stopped', 'cancelled', undefined],
      ['Deployment broken', 'failed', undefined],
      ['Hotfix fix', 'succeeded', undefined],
    ]);
    expect(items.at(-1)).toEqual({
      id: 'deployment:fix',
      kind: 'deployment',
      at: '2026-01-14T12:00:00.000Z',
      title: 'Hotfix fix',
      outcome: 'succeeded',
      deploymentId: 'fix',
      sha: 'abcdef1',
      url: 'https://ci.example/7',
      evidence: ['fix-deployed'],
    });
  });

  it('counts a suspected failure where the entity opts in', () => {
    const [item] = timelineOf(
      [deployed('maybe', at(10)), detected('later', at(10, '13:00'))],
      { countSuspected: true },
    );
    expect(item).toMatchObject({ outcome: 'failed' });
  });

  it('shows changes shipped and those with disclosed assistance', () => {
    const [said, silent] = timelineOf([
      change('merged', 'c1', at(5), {
        sha: 'aaaaaaa',
        disclosure: 'ai-assisted',
      }),
      deployed('d1', at(6), {
        changes: [
          { sha: 'aaaaaaa' },
          { sha: 'bbbbbbb', disclosure: 'no-disclosure' },
        ],
      }),
      deployed('d2', at(7), { changes: [{ sha: 'ccccccc' }] }),
    ]);
    expect(said).toMatchObject({ changes: 2, aiAssisted: 1 });
    expect(silent).toMatchObject({ changes: 1 });
    expect(silent).not.toHaveProperty('aiAssisted');
  });

  it('shows incidents that lasted in the window, with their end', () => {
    const items = timelineOf([
      detected('before', '2026-01-01T10:00:00Z'),
      resolved('before', '2026-01-04T10:00:00Z'),
      detected('into', '2026-01-04T10:00:00Z'),
      resolved('into', at(5, '10:00')),
      deployed('d', at(6)),
      detected('open', at(6, '13:00'), { causedBy: { deploymentId: 'd' } }),
      detected('after', '2026-02-02T00:00:00Z'),
    ]).filter(({ kind }) => kind === 'incident');
    expect(items).toEqual([
      {
        id: 'incident:into',
        kind: 'incident',
        at: '2026-01-04T10:00:00.000Z',
        until: '2026-01-05T10:00:00.000Z',
        title: 'Incident into',
        outcome: 'resolved',
        evidence: [
          'into-detected-2026-01-04T10:00:00Z',
          `into-resolved-${at(5, '10:00')}`,
        ],
      },
      {
        id: 'incident:open',
        kind: 'incident',
        at: '2026-01-06T13:00:00.000Z',
        title: 'Incident open',
        outcome: 'open',
        linked: ['d'],
        evidence: [`open-detected-${at(6, '13:00')}`],
      },
    ]);
  });

  it('shows what is new in a scan, and no number for a first or a failed one', () => {
    const items = timelineOf([
      scan('s1', at(6), ['a', 'b']),
      scan('s2', at(7), undefined),
      scan('s3', at(8), ['b', 'c', 'd']),
    ]);
    expect(
      items.map(({ title, outcome, newFindings, evidence }) => [
        title,
        outcome,
        newFindings,
        evidence,
      ]),
    ).toEqual([
      ['Scan by semgrep', 'succeeded', undefined, ['s1']],
      ['Scan by semgrep', 'failed', undefined, ['s1', 's2']],
      ['Scan by semgrep', 'succeeded', 2, ['s1', 's3']],
    ]);
  });

  it('shows the new findings of a scanned release', () => {
    const items = timelineOf([
      scan('s1', at(6, '11:00'), ['a']),
      deployed('d1', at(6)),
      scan('s2', at(7, '11:00'), ['a', 'b']),
      deployed('d2', at(7)),
      deployed('d3', at(9)),
    ]).filter(({ kind }) => kind === 'deployment');
    expect(items.map(({ newFindings }) => newFindings)).toEqual([
      undefined,
      1,
      undefined,
    ]);
  });

  it('shows what became of flags between observations', () => {
    const flag = (key: string, enabled: boolean, more = {}) => ({
      key,
      enabled,
      ...more,
    });
    const share = (on: number) => ({
      variants: [
        { name: 'on', share: on },
        { name: 'off', share: 1 - on },
      ],
    });
    const items = timelineOf([
      flags('f1', at(6), [
        flag('a', true),
        flag('b', true, share(0.25)),
        flag('c', true),
        flag('same', true),
      ]),
      flags('f2', at(7), [
        flag('a', false),
        flag('b', true, share(0.5)),
        flag('same', true),
        flag('new', true),
      ]),
    ]);
    expect(items.map(({ title }) => title)).toEqual([
      'Flag a switched off',
      'Flag b now off 50 %, on 50 %',
      'Flag c removed',
      'Flag new created, on',
    ]);
    expect(items[0]).toMatchObject({
      kind: 'flag',
      at: '2026-01-07T12:00:00.000Z',
      evidence: ['f1', 'f2'],
    });
  });

  it('leaves other environments and what is outside the window out', () => {
    expect(
      timelineOf([
        deployed('staged', at(6), {}, { environment: 'staging' }),
        deployed('early', '2026-01-04T23:59:59Z'),
        deployed('late', '2026-02-02T00:00:00Z'),
      ]),
    ).toEqual([]);
  });
});
