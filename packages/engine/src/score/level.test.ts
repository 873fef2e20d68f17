import type { RolloutStage, Verdict } from '../model';
import { climbLadder } from './level';

const LEVELS = ['bronze', 'silver', 'gold'];

type Row = [string, Verdict, RolloutStage?];

function climb(rows: Row[]) {
  const { level, nextLevel } = climbLadder(
    LEVELS,
    rows.map(([of, verdict, stage = 'enforce']) => ({
      level: of,
      verdict,
      stage,
    })),
  );
  return [level, nextLevel];
}

it.each<[string, Row[], (string | null)[]]>([
  ['no checks', [], [null, null]],
  [
    'all pass',
    [
      ['bronze', 'pass'],
      ['silver', 'pass'],
      ['gold', 'pass'],
    ],
    ['gold', null],
  ],
  [
    'top fails',
    [
      ['bronze', 'pass'],
      ['silver', 'pass'],
      ['gold', 'fail'],
    ],
    ['silver', 'gold'],
  ],
  [
    'foot fails',
    [
      ['bronze', 'fail'],
      ['silver', 'pass'],
      ['gold', 'pass'],
    ],
    [null, 'bronze'],
  ],
  [
    'one of two fails',
    [
      ['bronze', 'pass'],
      ['bronze', 'fail'],
    ],
    [null, 'bronze'],
  ],
  [
    'middle fails',
    [
      ['bronze', 'pass'],
      ['silver', 'fail'],
      ['gold', 'pass'],
    ],
    ['bronze', 'silver'],
  ],
  [
    'waived holds',
    [
      ['bronze', 'waived'],
      ['silver', 'pass'],
    ],
    ['silver', null],
  ],
  ['unknown holds back', [['bronze', 'unknown']], [null, 'bronze']],
  [
    'stale holds back',
    [
      ['bronze', 'pass'],
      ['silver', 'stale'],
    ],
    ['bronze', 'silver'],
  ],
  [
    'error holds back',
    [
      ['bronze', 'pass'],
      ['silver', 'error'],
    ],
    ['bronze', 'silver'],
  ],
  [
    'nothing applies',
    [
      ['bronze', 'not-applicable'],
      ['silver', 'not-applicable'],
    ],
    [null, null],
  ],
  [
    'rung of which nothing applies goes with the one below',
    [
      ['bronze', 'pass'],
      ['silver', 'not-applicable'],
    ],
    ['silver', null],
  ],
  [
    'and so does the next',
    [
      ['bronze', 'pass'],
      ['silver', 'not-applicable'],
      ['gold', 'not-applicable'],
    ],
    ['gold', null],
  ],
  [
    'it does not rise when the one below is not reached',
    [
      ['bronze', 'fail'],
      ['silver', 'not-applicable'],
    ],
    [null, 'bronze'],
  ],
  [
    'nor is it a step in between',
    [
      ['bronze', 'pass'],
      ['silver', 'not-applicable'],
      ['gold', 'fail'],
    ],
    ['silver', 'gold'],
  ],
  [
    'at the foot it is not reached by itself',
    [
      ['bronze', 'not-applicable'],
      ['silver', 'fail'],
    ],
    [null, 'silver'],
  ],
  [
    'at the foot it does not block',
    [
      ['bronze', 'not-applicable'],
      ['silver', 'pass'],
    ],
    ['silver', null],
  ],
  [
    'rung without checks cannot be claimed',
    [
      ['bronze', 'pass'],
      ['gold', 'fail'],
    ],
    ['bronze', 'gold'],
  ],
  [
    'but passed over',
    [
      ['bronze', 'pass'],
      ['gold', 'pass'],
    ],
    ['gold', null],
  ],
  [
    'foot without checks',
    [
      ['silver', 'pass'],
      ['gold', 'fail'],
    ],
    ['silver', 'gold'],
  ],
  [
    'top without checks',
    [
      ['bronze', 'pass'],
      ['silver', 'pass'],
    ],
    ['silver', null],
  ],
  [
    'rung of which nothing applies above one without checks',
    [
      ['bronze', 'pass'],
      ['gold', 'not-applicable'],
    ],
    ['bronze', null],
  ],
  [
    'warn and shadow count for nothing',
    [
      ['bronze', 'pass'],
      ['silver', 'fail', 'warn'],
      ['silver', 'pass', 'shadow'],
      ['gold', 'pass', 'warn'],
    ],
    ['bronze', null],
  ],
  [
    'failing in warn does not hold back',
    [
      ['bronze', 'pass'],
      ['bronze', 'fail', 'warn'],
    ],
    ['bronze', null],
  ],
])('%s', (_, rows, expected) => {
  expect(climb(rows)).toEqual(expected);
});
