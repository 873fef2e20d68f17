import { change, deployed } from '../__fixtures__/deliveryEvents';
import { metricsOf } from '../__fixtures__/report';

const AT = '2026-01-12T10:00:00Z';

function merged(id: string, disclosure?: string, at = AT) {
  return change('merged', id, at, disclosure ? { disclosure } : {});
}

function sha(digit: string): string {
  return digit.repeat(40);
}

function valuesOf(events: Parameters<typeof metricsOf>[0]) {
  const { parts } = metricsOf(events).aiShare;
  return Object.fromEntries((parts ?? []).map(part => [part.name, part.value]));
}

describe('B9: classes per change', () => {
  it('are ai-assisted, no-disclosure, automation and unknown', () => {
    expect(
      valuesOf([
        merged('c1', 'ai-assisted'),
        merged('c2', 'ai-assisted'),
        merged('c3', 'no-disclosure'),
        merged('c4', 'automation'),
        merged('c5'),
      ]),
    ).toEqual({
      'ai-assisted': 2,
      'no-disclosure': 1,
      automation: 1,
      unknown: 1,
    });
  });

  it.each([
    [['no-disclosure', 'ai-assisted'], 'ai-assisted'],
    [['ai-assisted', 'no-disclosure'], 'ai-assisted'],
    [['automation', 'ai-assisted'], 'ai-assisted'],
    [['automation', 'no-disclosure'], 'automation'],
    [['no-disclosure', undefined], 'no-disclosure'],
  ])(
    'of a pull request and the push of its merge that say %j, the strongest class counts',
    ([ofPullRequest, ofPush], expected) => {
      const events = [ofPullRequest, ofPush].map((disclosure, index) =>
        change(
          'merged',
          'acme/checkout#12',
          `2026-01-13T09:00:0${index}Z`,
          { sha: sha('a'), ...(disclosure && { disclosure }) },
          {},
          `event-${index}`,
        ),
      );
      const counted = Object.entries(valuesOf(events)).filter(
        ([, value]) => value !== 0,
      );
      expect(counted).toEqual([[expected, 1]]);
    },
  );

  it('come from merges, deployments and proposals, and a change counts once', () => {
    const events = [
      change('created', 'pr-1', AT, {
        sha: sha('a'),
        disclosure: 'no-disclosure',
      }),
      change('merged', 'pr-1', AT, {
        sha: sha('a'),
        disclosure: 'ai-assisted',
      }),
      change('created', 'pr-2', AT, {
        sha: sha('c'),
        disclosure: 'automation',
      }),
      deployed('d1', '2026-01-13T10:00:00Z', {
        changes: [
          { sha: sha('A'), disclosure: 'no-disclosure' },
          { sha: sha('b'), disclosure: 'ai-assisted' },
          { sha: sha('c') },
        ],
      }),
    ];
    expect(valuesOf(events)).toEqual({
      'ai-assisted': 2,
      'no-disclosure': 0,
      automation: 1,
      unknown: 0,
    });
    expect(valuesOf([...events].reverse())).toEqual(valuesOf(events));
  });

  it('count a change when it was merged, else when it was first deployed, and never one only proposed', () => {
    expect(
      valuesOf([
        merged('early', 'ai-assisted', '2026-01-04T23:59:59Z'),
        merged('first', 'ai-assisted', '2026-01-05T00:00:00Z'),
        merged('late', 'ai-assisted', '2026-02-02T00:00:00Z'),
        change('created', 'open', AT, { disclosure: 'ai-assisted' }),
        deployed('d1', AT, {
          changes: [
            {
              sha: sha('a'),
              disclosure: 'ai-assisted',
              mergedAt: '2026-01-03T00:00:00Z',
            },
            { sha: sha('b'), disclosure: 'ai-assisted' },
          ],
        }),
      ])['ai-assisted'],
    ).toBe(2);
  });
});

describe('B9: share = disclosed / (disclosed + no disclosure), Wilson 95 %', () => {
  const events = [
    ...['a1', 'a2', 'a3'].map(id => merged(id, 'ai-assisted')),
    ...['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'].map(id =>
      merged(id, 'no-disclosure'),
    ),
    merged('bot', 'automation'),
    merged('blank'),
  ];

  it('leaves automation and unknown out', () => {
    const { aiShare } = metricsOf(events);
    expect(aiShare).toMatchObject({
      status: 'ok',
      value: 0.3,
      unit: 'ratio',
      n: 10,
      numerator: 3,
      denominator: 10,
    });
    expect(aiShare.interval!.low).toBeCloseTo(0.1078, 4);
    expect(aiShare.interval!.high).toBeCloseTo(0.6032, 4);
    expect(aiShare.evidence).toHaveLength(10);
  });

  it('is called a lower bound', () => {
    expect(metricsOf(events).aiShare.note).toMatch(/^a lower bound/);
  });

  it('is insufficient below 5 changes, no-data when none spoke in the window, and not-instrumented when none ever did', () => {
    expect(metricsOf(events.slice(0, 4)).aiShare).toMatchObject({
      status: 'insufficient',
      value: 0.75,
    });
    expect(
      metricsOf([
        merged('old', 'ai-assisted', '2025-12-01T00:00:00Z'),
        merged('blank'),
      ]).aiShare,
    ).toMatchObject({ status: 'no-data', value: null });
    expect(metricsOf([merged('blank')]).aiShare).toMatchObject({
      status: 'not-instrumented',
      value: null,
      evidence: [],
    });
    expect(metricsOf([]).aiShare.status).toBe('not-instrumented');
  });
});

describe('B9: never per person', () => {
  it('shows nothing of who made a change', () => {
    const by = (author: string) =>
      metricsOf([
        change(
          'merged',
          'c1',
          AT,
          { disclosure: 'ai-assisted' },
          { author: { name: author } },
        ),
      ]).aiShare;
    expect(by('ada')).toEqual(by('grace'));
    expect(JSON.stringify(by('ada'))).not.toContain('ada');
  });
});
