import { budgetMetric, objectiveFixture } from '../__fixtures__/healthPictures';
import {
  alertWording,
  budgetEnd,
  budgetLeft,
  burnState,
  numberOf,
} from './budget';

const [page, silent, ticket] = objectiveFixture().alerts;

function stateOf(...states: (typeof page.state)[]) {
  return burnState(
    budgetMetric([
      objectiveFixture({ alerts: states.map(state => ({ ...ticket, state })) }),
    ]),
  );
}

describe('budgetLeft', () => {
  it.each([
    [0.62, '62% left'],
    [0, 'used up'],
    [-0.04, 'overdrawn by 4%'],
    [0.9999, '99.99% left'],
    [null, 'not known'],
  ])('of %p is "%s"', (remaining, words) => {
    expect(budgetLeft(remaining)).toBe(words);
  });
});

describe('numberOf', () => {
  it('says what is left of a budget, and never a negative share', () => {
    expect(
      numberOf(
        'errorBudget',
        budgetMetric([objectiveFixture({ remaining: -0.04 })]),
      ),
    ).toBe('overdrawn by 4%');
    expect(numberOf('toil', budgetMetric([objectiveFixture()]))).toBe('62%');
  });

  it('has none that is too old', () => {
    expect(
      numberOf('errorBudget', {
        ...budgetMetric([objectiveFixture()]),
        status: 'stale',
      }),
    ).toBeUndefined();
  });
});

describe('burnState', () => {
  it('puts a page before a ticket', () => {
    expect(
      burnState(
        budgetMetric([
          objectiveFixture({ alerts: [{ ...ticket, state: 'firing' }, page] }),
        ]),
      ),
    ).toMatchObject({ tone: 'bad', label: 'Burning fast, a page alert fires' });
  });

  it('says what could be judged', () => {
    expect(stateOf('quiet', 'no-traffic')).toMatchObject({
      label: 'No burn alert fires',
      tone: 'neutral',
      meaning: '1 of 2 alerts could be judged.',
    });
  });

  it('takes alerts that cannot be judged for no good news', () => {
    expect(stateOf('no-traffic', 'unreachable', 'unknown').tone).toBe('unsure');
    expect(stateOf().tone).toBe('unsure');
  });
});

describe('alertWording', () => {
  it('is unsure where nothing was measured', () => {
    expect(alertWording(silent)).toMatchObject({
      label: 'No traffic',
      tone: 'unsure',
    });
  });
});

describe('budgetEnd', () => {
  it.each([
    [{ hoursLeft: 76 }, 'Gone in 3 d 4 h at the pace of the last hour.'],
    [{ hoursLeft: 0, remaining: -0.1 }, 'The budget is gone.'],
    [{ remaining: null }, undefined],
  ])('of %j is "%s"', (objective, words) => {
    expect(budgetEnd(objectiveFixture(objective))).toBe(words);
  });
});
