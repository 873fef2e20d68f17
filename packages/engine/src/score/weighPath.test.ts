import type { Facts } from '../model';
import { compilePath } from './compile';
import { judgePath } from './judgePath';
import { nextChangeAt } from './nextChange';
import { toScorecard } from './toScorecard';
import type { AppliedWaiver } from './waiver';
import { weighPath } from './weighPath';
import { factsOf, NOW, pathOf } from './__fixtures__/scoring';

const path = compilePath(
  pathOf([
    { id: 'A', pass: 'repository.a' },
    {
      id: 'B',
      facts: ['catalog'],
      pass: 'catalog.b',
      rollout: { stage: 'warn', enforceFrom: '2026-12-01' },
    },
    {
      id: 'C',
      pass: 'false',
      rollout: { stage: 'shadow', enforceFrom: '2026-11-23' },
    },
  ]),
);
const waiver: AppliedWaiver = {
  check: 'A',
  reason: 'r',
  owner: 'o',
  expires: '2026-11-25',
  id: 'w1',
  approvedBy: 'user:default/ann',
};
const facts = factsOf({ repository: { a: false }, catalog: { b: true } });
const judged = judgePath({ path, facts, now: NOW });

it('gives verdict, stage and waiver of each check', () => {
  const outcome = weighPath({ path, judged, waivers: [waiver], now: NOW });
  expect(outcome).toEqual({
    level: 'bronze',
    nextLevel: null,
    score: { raw: 0, adjusted: null, low: 0, high: 0 },
    coverage: 1,
    checks: [
      { verdict: 'waived', stage: 'enforce', waiver },
      { verdict: 'pass', stage: 'warn' },
      { verdict: 'fail', stage: 'shadow' },
    ],
  });
});

it('carries who approved a waiver into the scorecard', () => {
  const { checks } = toScorecard({
    path,
    entityRef: 'component:default/shop',
    judged,
    waivers: [waiver],
    now: NOW,
  });
  expect(checks[0].waiver).toEqual({
    reason: 'r',
    owner: 'o',
    expires: '2026-11-25',
    id: 'w1',
    approvedBy: 'user:default/ann',
  });
});

it('refuses verdicts of another number of checks', () => {
  expect(() =>
    weighPath({ path, judged: judged.slice(1), waivers: [], now: NOW }),
  ).toThrow('3 checks, and 2 were judged');
});

describe('the next change', () => {
  const expiring = (expiresAt: string, source = 'repository'): Facts => ({
    ...facts,
    [source]: { ...facts.repository, expiresAt },
  });
  const next = (of: Facts, waivers: AppliedWaiver[] = [], now = NOW) =>
    nextChangeAt({ path, facts: of, waivers, now });

  it.each<[string, Facts, AppliedWaiver[], string | undefined]>([
    ['a check comes into force', facts, [], '2026-12-01T00:00:00.000Z'],
    [
      'a fact expires',
      expiring('2026-11-22T01:00:00+01:00'),
      [waiver],
      '2026-11-22T00:00:00.000Z',
    ],
    ['a waiver ends', facts, [waiver], '2026-11-26T00:00:00.000Z'],
    [
      'a fact that nothing reads expires',
      expiring('2026-11-22T00:00:00Z', 'health'),
      [],
      '2026-12-01T00:00:00.000Z',
    ],
    [
      'a waiver of no check of the path ends',
      facts,
      [{ ...waiver, check: 'Z' }],
      '2026-12-01T00:00:00.000Z',
    ],
    [
      'what is past or unreadable',
      expiring('never'),
      [{ ...waiver, expires: '2026-11-20' }],
      '2026-12-01T00:00:00.000Z',
    ],
  ])('when %s', (_, of, waivers, expected) => {
    expect(next(of, waivers)).toBe(expected);
  });

  it('is none when nothing is to come', () => {
    expect(next(facts, [], new Date('2026-12-01T00:00:00Z'))).toBeUndefined();
  });
});
