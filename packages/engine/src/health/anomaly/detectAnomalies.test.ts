import { detectAnomalies } from './detectAnomalies';
import type { MetricSeries, SeriesPoint } from './metricSeries';

const WEEK = 7 * 86_400_000;
const DAY = 86_400_000;
/** A Monday. */
const START = Date.parse('2025-06-02T00:00:00Z');

function point(
  index: number,
  step: number,
  data: Partial<SeriesPoint>,
): SeriesPoint {
  return {
    from: new Date(START + index * step).toISOString(),
    to: new Date(START + (index + 1) * step).toISOString(),
    value: null,
    n: 1,
    evidence: [`e${index}`],
    ...data,
  };
}

type Shape = Pick<MetricSeries, 'kind'> & Partial<MetricSeries>;

function series(shape: Shape, points: SeriesPoint[]): MetricSeries {
  return {
    metric: shape.kind,
    unit: 'count',
    worseWhen: 'higher',
    bucket: 'week',
    ...shape,
    points,
  };
}

function values(kind: MetricSeries['kind'], numbers: (number | null)[]) {
  return series(
    { kind },
    numbers.map((value, index) => point(index, WEEK, { value })),
  );
}

function rates(pairs: [number, number][]) {
  return series(
    { kind: 'rate', unit: 'ratio' },
    pairs.map(([numerator, denominator], index) =>
      point(index, WEEK, {
        value: denominator === 0 ? null : numerator / denominator,
        numerator,
        denominator,
      }),
    ),
  );
}

function detect(
  all: MetricSeries[],
  options: Partial<Parameters<typeof detectAnomalies>[0]> = {},
) {
  return detectAnomalies({
    entityRef: 'component:default/checkout',
    environment: 'production',
    series: all,
    now: new Date('2030-01-01T00:00:00Z'),
    ...options,
  });
}

const STEADY = [10, 12, 11, 13, 12, 11, 10, 12];

describe('B10: below 8 points none', () => {
  it('says so, instead of nothing', () => {
    const { anomalies, unjudged } = detect([
      values('cost', [...STEADY.slice(0, 7), 900]),
    ]);
    expect(anomalies).toEqual([]);
    expect(unjudged).toEqual([
      {
        metric: 'cost',
        n: 7,
        message: '7 of at least 8 weeks of history: not judged yet',
      },
    ]);
    expect(detect([values('cost', [...STEADY, 900])])).toMatchObject({
      anomalies: [{ metric: 'cost' }],
      unjudged: [],
    });
  });

  it('does not count points that are not known', () => {
    expect(
      detect([values('cost', [...STEADY.slice(0, 7), null, null, 900])])
        .unjudged,
    ).toMatchObject([{ n: 7 }]);
  });
});

describe('B10: a series of which nothing is known', () => {
  it.each(['duration', 'cost', 'count', 'rate'] as const)(
    'is not judged: %s',
    kind => {
      const unknown = values(kind, new Array(40).fill(null));
      expect(detect([unknown, values(kind, [])])).toMatchObject({
        anomalies: [],
        unjudged: [{ n: 0 }, { n: 0 }],
      });
    },
  );
});

describe('B10: durations and costs by the modified z, above 3.5', () => {
  it('is 0.6745 (x - median) / MAD', () => {
    // median 11.5, deviations 1.5 .5 .5 1.5 .5 .5 1.5 .5: MAD 0.5; 0.6745 * (14.1 - 11.5) / 0.5 = 3.507
    const [anomaly] = detect([values('cost', [...STEADY, 14.1])]).anomalies;
    expect(anomaly).toMatchObject({
      method: 'modified-z',
      direction: 'higher',
      worse: true,
      observed: 14.1,
      expected: 11.5,
      n: 8,
      evidence: ['e8'],
    });
    expect(anomaly.statistic).toBeCloseTo(3.5074, 4);
    // 0.6745 * (14 - 11.5) / 0.5 = 3.37
    expect(detect([values('cost', [...STEADY, 14])]).anomalies).toEqual([]);
  });

  it('sees a fall too, and does not call it worse', () => {
    expect(detect([values('cost', [...STEADY, 2])]).anomalies).toMatchObject([
      { direction: 'lower', worse: false },
    ]);
  });

  it('takes the mean absolute deviation where the MAD is 0', () => {
    const history = [10, 10, 10, 10, 10, 10, 10, 14];
    // mean deviation 0.5: limit at 10 + 3.5 * 0.5 * 1.2533 = 12.193
    expect(detect([values('cost', [...history, 12.2])]).anomalies).toHaveLength(
      1,
    );
    expect(detect([values('cost', [...history, 12.1])]).anomalies).toEqual([]);
  });

  it('gives no verdict where all values are the same', () => {
    expect(
      detect([values('cost', [...new Array(8).fill(10), 900])]).anomalies,
    ).toEqual([]);
  });
});

describe('B10: log durations first', () => {
  it('judges doubling and halving alike', () => {
    const history = [100, 200, 400, 200, 100, 400, 200, 200, 100, 400];
    // logarithms: median ln 200, MAD ln 2 for more than half of them away: x 36 up or down is beyond, x 35 is not
    const beyond = Math.exp((3.5 * Math.log(2)) / 0.6745);
    expect(beyond).toBeCloseTo(36.5, 1);
    const judge = (value: number) =>
      detect([values('duration', [...history, value])]).anomalies;
    expect(judge(200 * 37)).toMatchObject([{ direction: 'higher' }]);
    expect(judge(200 / 37)).toMatchObject([{ direction: 'lower' }]);
    expect(judge(200 * 36)).toEqual([]);
    expect(judge(200 / 36)).toEqual([]);
    expect(judge(200 * 37)[0].expected).toBeCloseTo(200, 9);
  });
});

describe('B10: counts by the Poisson upper tail, baseline exposure scaled', () => {
  const history = new Array(8).fill(1);

  it('needs p below 0.00135', () => {
    // (8 + 0.5) / 8 = 1.0625 expected: P(X >= 5) = 0.0047, P(X >= 6) = 0.00085
    expect(detect([values('count', [...history, 5])]).anomalies).toEqual([]);
    expect(detect([values('count', [...history, 6])]).anomalies).toMatchObject([
      { method: 'poisson-tail', observed: 6, expected: 1.0625, n: 8 },
    ]);
  });

  it('expects more of more exposure', () => {
    const exposed = (value: number, exposure: number) =>
      series(
        { kind: 'count' },
        [...history, value].map((count, index) =>
          point(index, WEEK, {
            value: count,
            exposure: index === 8 ? exposure : 1,
          }),
        ),
      );
    expect(detect([exposed(6, 1)]).anomalies).toHaveLength(1);
    expect(detect([exposed(6, 3)]).anomalies).toEqual([]);
  });

  it('does not take few for too few', () => {
    expect(
      detect([values('count', [...new Array(8).fill(6), 0])]).anomalies,
    ).toEqual([]);
  });
});

describe('B10: rates by the binomial upper tail on an empirical-Bayes baseline', () => {
  // 10 of 100 over eight weeks
  const history: [number, number][] = [
    [1, 12],
    [1, 13],
    [2, 12],
    [1, 13],
    [1, 12],
    [2, 13],
    [1, 12],
    [1, 13],
  ];

  it('gives no alarm for 4 failures in 10 at 10 %, p 0.0128', () => {
    expect(detect([rates([...history, [4, 10]])]).anomalies).toEqual([]);
  });

  it('gives one for 6 in 10', () => {
    const [anomaly] = detect([rates([...history, [6, 10]])]).anomalies;
    expect(anomaly).toMatchObject({ method: 'binomial-tail', observed: 0.6 });
    // Jeffreys: (10 + 0.5) / (100 + 1)
    expect(anomaly.expected).toBeCloseTo(10.5 / 101, 12);
  });

  it('shrinks the baseline towards the other entities', () => {
    const quiet = new Array<[number, number]>(8).fill([0, 3]);
    const all = [rates([...quiet, [3, 4]])];
    expect(detect(all).anomalies).toHaveLength(1);
    // (12 + 0) / (40 + 24) = 0.1875: 3 of 4 has p 0.023
    expect(
      detect(all, { priors: { rate: { alpha: 12, beta: 28 } } }).anomalies,
    ).toEqual([]);
  });
});

describe('B10: compare with the same weekday', () => {
  /** Eight weeks of days with ten on weekdays and one at the weekend, and one more day. */
  function daily(last: number, days: number) {
    return series(
      { kind: 'count', bucket: 'day' },
      Array.from({ length: days }, (_, index) => {
        const season = (index % 7) + 1;
        const usual = season > 5 ? 1 : 10;
        return point(index, DAY, {
          season,
          value: index === days - 1 ? last : usual,
        });
      }),
    );
  }

  it('finds a Saturday strange that would do for a Monday', () => {
    const saturday = 8 * 7 + 6;
    expect(detect([daily(10, saturday)]).anomalies).toMatchObject([
      { expected: 1.0625 },
    ]);
    const monday = 8 * 7 + 1;
    expect(detect([daily(10, monday)]).anomalies).toEqual([]);
  });

  it('needs eight of the same weekday', () => {
    expect(detect([daily(10, 7 * 7 + 6)])).toMatchObject({
      anomalies: [],
      unjudged: [
        { n: 7, message: expect.stringContaining('days of the same weekday') },
      ],
    });
  });
});

describe('B10: several metrics per entity: Benjamini-Hochberg at 5 %', () => {
  it('drops what chance alone would bring among many', () => {
    // expected 1.0625: P(X >= 6) = 0.00085, which passes alone and among 58, and not among 70
    const odd = values('count', [...new Array(8).fill(1), 6]);
    const dull = values('count', new Array(9).fill(1));
    const among = (n: number) =>
      detect([
        odd,
        ...Array.from({ length: n - 1 }, (_, index) => ({
          ...dull,
          metric: `m${index}`,
        })),
      ]).anomalies;
    expect(among(1)[0].pValue).toBeCloseTo(0.00085, 4);
    expect(among(58)[0].pValue).toBeCloseTo(0.00085 * 58, 2);
    expect(among(70)).toEqual([]);
  });
});

describe('B10: slow drift by EWMA or CUSUM', () => {
  it('sees durations creep up by EWMA, none of which stands out', () => {
    const noise = [0.9, 1.1, 1, 0.95, 1.05, 1.02, 0.98, 1.08, 0.92, 1.01];
    const history = [...noise, ...noise].map(factor => 1_000 * factor);
    const creeping = noise
      .slice(0, 8)
      .map((factor, index) => 1_000 * factor * 1.025 ** (index + 1));
    expect(
      detect([
        values('duration', [
          ...history,
          ...noise.slice(0, 8).map(f => 1_000 * f),
        ]),
      ]).anomalies,
    ).toEqual([]);
    const [anomaly, ...others] = detect([
      values('duration', [...history, ...creeping]),
    ]).anomalies;
    expect(others).toEqual([]);
    expect(anomaly).toMatchObject({
      method: 'ewma',
      direction: 'higher',
      worse: true,
    });
    expect(Math.abs(anomaly.statistic!)).toBeGreaterThan(3);
  });

  it('sees counts creep up by CUSUM, and a fall of what should be many', () => {
    const history = [4, 5, 3, 4, 6, 4, 3, 5, 4, 4];
    const more = [...history, 7, 6, 8, 7, 7, 8, 7, 6];
    expect(detect([values('count', more)]).anomalies).toMatchObject([
      { method: 'cusum', direction: 'higher', worse: true },
    ]);
    const fewer = series(
      { kind: 'count', worseWhen: 'lower' },
      [...history, 1, 2, 1, 1, 0, 1, 2, 1].map((value, index) =>
        point(index, WEEK, { value }),
      ),
    );
    expect(detect([fewer]).anomalies).toMatchObject([
      { method: 'cusum', direction: 'lower', worse: true },
    ]);
  });
});

describe('B10: acknowledged step = baseline restart', () => {
  const step = [...STEADY, 40, 41, 40];

  it('drops the points before it', () => {
    expect(detect([values('cost', step)]).anomalies).toHaveLength(1);
    const acknowledged = [
      { metric: 'cost', at: new Date(START + 8 * WEEK).toISOString() },
    ];
    expect(detect([values('cost', step)], { acknowledged })).toMatchObject({
      anomalies: [],
      unjudged: [{ metric: 'cost', n: 2 }],
    });
    expect(
      detect([values('cost', [...step, 40, 41, 42, 40, 41, 90])], {
        acknowledged,
      }).anomalies,
    ).toMatchObject([{ observed: 90, expected: expect.any(Number), n: 8 }]);
  });

  it('is refused without a date, instead of dropping everything', () => {
    expect(() =>
      detect([values('cost', step)], {
        acknowledged: [{ metric: 'cost', at: 'yesterday' }],
      }),
    ).toThrow("the acknowledged step of 'cost' is at 'yesterday'");
  });

  it('restarts that metric only', () => {
    expect(
      detect([values('cost', step)], {
        acknowledged: [
          { metric: 'other', at: new Date(START + 8 * WEEK).toISOString() },
        ],
      }).anomalies,
    ).toHaveLength(1);
  });
});

describe('B10: stable ids', () => {
  it('stay the same while an anomaly lasts, and when time goes on', () => {
    const ids = [[40], [40, 41], [40, 41, 12, 43]].map(
      tail => detect([values('cost', [...STEADY, ...tail])]).anomalies,
    );
    expect(ids.map(found => found.length)).toEqual([1, 1, 1]);
    expect(new Set(ids.map(([{ id }]) => id)).size).toBe(1);
    expect(ids[2][0]).toMatchObject({
      at: new Date(START + 8 * WEEK).toISOString(),
      until: new Date(START + 9 * WEEK).toISOString(),
    });
  });

  it('differ by entity, environment, metric and beginning', () => {
    const spike = [values('cost', [...STEADY, 40])];
    const ids = [
      detect(spike),
      detect(spike, { entityRef: 'component:default/other' }),
      detect(spike, { environment: 'staging' }),
      detect([{ ...spike[0], metric: 'other' }]),
      detect([values('cost', [...STEADY, 11, 40])]),
    ].map(({ anomalies }) => anomalies[0].id);
    expect(new Set(ids).size).toBe(5);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are gone when the anomaly is over, and points after now play no part', () => {
    expect(
      detect([values('cost', [...STEADY, 40, 11, 12, 11])]).anomalies,
    ).toEqual([]);
    expect(
      detect([values('cost', [...STEADY, 40])], {
        now: new Date(START + 9 * WEEK - 1),
      }).anomalies,
    ).toEqual([]);
  });
});
