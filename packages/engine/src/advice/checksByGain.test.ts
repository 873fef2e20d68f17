import { factsOf, scoreOf } from '../score/__fixtures__/scoring';
import { checksByGain } from './checksByGain';

const card = (a: boolean, b: boolean) =>
  scoreOf({
    checks: [
      { id: 'A', pass: 'repository.a' },
      { id: 'B', pass: 'repository.b', weight: 3 },
    ],
    facts: factsOf({ repository: { a, b } }),
  });

it('counts the entities a check lifts on its own, and the points it brings', () => {
  const found = checksByGain([
    card(false, true),
    card(false, true),
    card(true, false),
    card(false, false),
  ]);
  expect(
    found.map(({ id, open, lifts, gain }) => [id, open, lifts, gain]),
  ).toEqual([
    ['A', 3, 2, 75],
    ['B', 2, 1, 150],
  ]);
});

it('lists nothing that holds, is waived or does not count yet', () => {
  const found = checksByGain([
    scoreOf({
      checks: [
        { id: 'PASS', pass: 'true' },
        { id: 'WAIVED', pass: 'false' },
        { id: 'WARN', pass: 'false', rollout: { stage: 'warn' } },
      ],
      facts: {},
      waivers: [
        { check: 'WAIVED', reason: 'r', owner: 'o', expires: '2027-01-01' },
      ],
    }),
  ]);
  expect(found).toEqual([]);
});
