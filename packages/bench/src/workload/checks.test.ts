import { compilePath, goldenPathSchema, scorePath } from '@goldenpath/engine';
import { benchChecks, holds, toCel } from './checks';
import { factsOf } from './facts';

it('says the same in CEL as the reference', () => {
  const checks = benchChecks(40);
  const path = compilePath(
    goldenPathSchema.parse({
      apiVersion: 'golden-path.dev/v1alpha1',
      kind: 'GoldenPath',
      metadata: { name: 'bench' },
      spec: {
        owner: 'o',
        version: '1.0.0',
        appliesTo: { kind: 'Component' },
        levels: ['bronze'],
        checks: checks.map(({ id, when }) => ({
          id,
          title: id,
          category: 'c',
          level: 'bronze',
          facts: ['s'],
          pass: toCel(when, 's.'),
        })),
      },
    }),
  );
  for (let index = 0; index < 200; index++) {
    const facts = factsOf(index);
    const card = scorePath({
      path,
      entityRef: 'e',
      facts: { s: { observedAt: '2026-11-21T00:00:00Z', data: facts } },
      waivers: [],
      now: new Date('2026-11-21T00:00:00Z'),
    });
    expect(card.checks.map(({ verdict }) => verdict)).toEqual(
      checks.map(({ when }) => (holds(when, facts) ? 'pass' : 'fail')),
    );
  }
});

it('makes the same facts every time', () => {
  expect(factsOf(7, 1)).toEqual(factsOf(7, 1));
  expect(factsOf(7, 1)).not.toEqual(factsOf(7, 2));
});
