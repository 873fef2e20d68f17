import type { UnknownPolicy } from '../model';
import { computeScore, type ScoredCheck } from './score';

type Row = [
  weight: number,
  verdict: ScoredCheck['verdict'],
  credit: number,
  more?: Partial<ScoredCheck>,
];

function compute(rows: Row[], policy: UnknownPolicy = 'interval') {
  const { score, coverage } = computeScore(
    rows.map(([weight, verdict, credit, more], index) => ({
      id: `C${index}`,
      weight,
      verdict,
      credit,
      stage: 'enforce',
      waived: false,
      ...more,
    })),
    policy,
  );
  return [score.raw, score.adjusted, score.low, score.high, coverage];
}

const waived = { waived: true };
const nothing = [null, null, null, null, null];

describe('interval', () => {
  it.each<[string, Row[], (number | null)[]]>([
    ['no checks', [], nothing],
    ['nothing applies', [[1, 'not-applicable', 0]], nothing],
    ['only warn', [[1, 'pass', 1, { stage: 'warn' }]], nothing],
    [
      'all pass',
      [
        [1, 'pass', 1],
        [3, 'pass', 1],
      ],
      [100, 100, 100, 100, 1],
    ],
    ['all fail', [[1, 'fail', 0]], [0, 0, 0, 0, 1]],
    [
      'weights',
      [
        [3, 'pass', 1],
        [1, 'fail', 0],
      ],
      [75, 75, 75, 75, 1],
    ],
    // (2 * 0.5 + 2 * 1) / 4
    [
      'part credit',
      [
        [2, 'fail', 0.5],
        [2, 'pass', 1],
      ],
      [75, 75, 75, 75, 1],
    ],
    // low (1) / 4, high (1 + 2) / 4, known 2 of 4
    [
      'unknown',
      [
        [1, 'pass', 1],
        [1, 'fail', 0],
        [2, 'unknown', 0],
      ],
      [25, 25, 25, 75, 0.5],
    ],
    [
      'stale and error',
      [
        [2, 'pass', 1],
        [1, 'stale', 0],
        [1, 'error', 0],
      ],
      [50, 50, 50, 100, 0.5],
    ],
    ['all unknown', [[1, 'unknown', 0]], [0, 0, 0, 100, 0]],
    [
      'not applicable left out',
      [
        [1, 'pass', 1],
        [9, 'not-applicable', 0],
      ],
      [100, 100, 100, 100, 1],
    ],
    // Of A pass, B fail and waived, C fail: raw 1/3, adjusted 1/2.
    [
      'waived',
      [
        [1, 'pass', 1],
        [1, 'fail', 0, waived],
        [1, 'fail', 0],
      ],
      [100 * (1 / 3), 50, 100 * (1 / 3), 100 * (1 / 3), 1],
    ],
    // A waived check counts as what it is: unknown stays an interval.
    [
      'waived unknown',
      [
        [1, 'pass', 1],
        [1, 'unknown', 0, waived],
      ],
      [50, 100, 50, 100, 0.5],
    ],
    // raw (1 + 0.5) / 2
    [
      'waived with part credit',
      [
        [1, 'pass', 1],
        [1, 'fail', 0.5, waived],
      ],
      [75, 100, 75, 75, 1],
    ],
    ['all waived', [[1, 'fail', 0, waived]], [0, null, 0, 0, 1]],
    [
      'shadow counts nowhere',
      [
        [1, 'pass', 1],
        [9, 'fail', 0, { stage: 'shadow' }],
      ],
      [100, 100, 100, 100, 1],
    ],
  ])('%s', (_, rows, expected) => {
    expect(compute(rows)).toEqual(expected);
  });
});

describe('exclude', () => {
  it.each<[string, Row[], (number | null)[]]>([
    // 1 / (1 + 1); known 2 of 4
    [
      'unknown',
      [
        [1, 'pass', 1],
        [1, 'fail', 0],
        [2, 'unknown', 0],
      ],
      [50, 50, 50, 50, 0.5],
    ],
    [
      'all unknown',
      [
        [1, 'unknown', 0],
        [1, 'stale', 0],
      ],
      [null, null, null, null, 0],
    ],
    [
      'waived unknown',
      [
        [1, 'fail', 0],
        [1, 'unknown', 0, waived],
      ],
      [0, 0, 0, 0, 0.5],
    ],
    [
      'waived',
      [
        [1, 'pass', 1],
        [1, 'fail', 0, waived],
        [2, 'error', 0],
      ],
      [50, 100, 50, 50, 0.5],
    ],
  ])('%s', (_, rows, expected) => {
    expect(compute(rows, 'exclude')).toEqual(expected);
  });
});

describe('fail', () => {
  it('has no interval', () => {
    expect(
      compute(
        [
          [1, 'pass', 1],
          [3, 'unknown', 0],
        ],
        'fail',
      ),
    ).toEqual([25, 25, 25, 25, 0.25]);
  });
});
