import type { Check, Effort } from '../model';
import { factsOf, scoreOf } from '../score/__fixtures__/scoring';
import { nextSteps } from './nextSteps';

const check = (id: string, extra: Partial<Check> = {}) => ({
  id,
  pass: 'repository.no',
  ...extra,
});
const remedy = (effort: Effort, fix?: string) => ({
  remediation: { text: 'Do it', effort, ...(fix && { fix }) },
});
const facts = factsOf({
  repository: { no: false, yes: true },
  old: { a: true },
});

it('names all that holds the next level back, and nothing else', () => {
  const card = scoreOf({
    checks: [
      check('PASSES', { pass: 'repository.yes' }),
      check('BRONZE', { level: 'bronze' }),
      check('SILVER', { level: 'silver' }),
      check('WARNED', {
        rollout: { stage: 'warn', enforceFrom: '2027-01-01' },
      }),
      check('SHADOW', { rollout: { stage: 'shadow' } }),
    ],
    facts,
  });
  const { level, steps, others } = nextSteps(card);
  expect(level).toBe('bronze');
  expect(steps.map(step => step.id)).toEqual(['BRONZE']);
  expect(steps[0].gain).toBeCloseTo(100 / 3);
  expect(others.map(step => [step.id, step.enforceFrom])).toEqual([
    ['SILVER', undefined],
    ['WARNED', '2027-01-01'],
  ]);
  expect(others[1].gain).toBe(0);
});

it('puts automatic fixes first, then the least effort, then the most gain', () => {
  const card = scoreOf({
    checks: [
      check('HIGH', remedy('high')),
      check('NONE', { weight: 9 }),
      check('LOW', remedy('low')),
      check('LOW-MORE', { ...remedy('low'), weight: 5 }),
      check('AUTO', remedy('medium', 'pin-actions')),
      check('NOT-AUTO', remedy('high', 'no-such-fix')),
    ],
    facts,
  });
  const { steps } = nextSteps(card);
  expect(steps.map(step => [step.id, step.effort, step.automatic])).toEqual([
    ['AUTO', 'medium', true],
    ['LOW-MORE', 'low', false],
    ['LOW', 'low', false],
    ['NONE', 'medium', false],
    ['HIGH', 'high', false],
    ['NOT-AUTO', 'high', false],
  ]);
});

it('orders the others by what they bring for their effort', () => {
  const card = scoreOf({
    checks: [
      check('NEXT'),
      check('MUCH', { level: 'gold', weight: 30, ...remedy('high') }),
      check('QUICK', { level: 'gold', weight: 2, ...remedy('low') }),
    ],
    facts,
  });
  expect(nextSteps(card).others.map(step => step.id)).toEqual([
    'QUICK',
    'MUCH',
  ]);
});

it('says what each kind of verdict asks for', () => {
  const old = { ...facts.old, expiresAt: '2026-11-02T00:00:00Z' };
  const card = scoreOf({
    checks: [
      check('FAIL', remedy('low')),
      check('UNKNOWN', { pass: 'repository.missing' }),
      check('STALE', { pass: 'old.a', facts: ['old'] }),
      check('ERROR', { pass: '1 / 0 > 1' }),
    ],
    facts: { ...facts, old },
  });
  const kinds = nextSteps(card).steps.map(step => [step.id, step.kind]);
  expect(Object.fromEntries(kinds)).toEqual({
    FAIL: 'fix',
    UNKNOWN: 'connect',
    STALE: 'refresh',
    ERROR: 'repair',
  });
  const texts = nextSteps(card).steps.map(step => step.text);
  expect(texts).toContain('Do it');
  expect(texts.join()).toContain('repository.missing');
});

it.each([
  ['interval', 25],
  ['exclude', 50],
])(
  'works the gain out as the path counts what is not known: %s',
  (unknown, gain) => {
    const card = scoreOf({
      checks: [
        check('A', { pass: 'repository.yes' }),
        check('B'),
        check('C', { pass: 'repository.missing' }),
        check('D', { pass: 'repository.missing' }),
      ],
      facts,
      spec: { scoring: { unknown } },
    });
    expect(nextSteps(card).steps.find(s => s.id === 'B')?.gain).toBeCloseTo(
      gain,
    );
  },
);

it('has no level to work for at the top', () => {
  const card = scoreOf({
    checks: [check('A', { pass: 'repository.yes' })],
    facts,
  });
  expect(nextSteps(card)).toEqual({ level: null, steps: [], others: [] });
});
