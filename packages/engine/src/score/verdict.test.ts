import type { Facts } from '../model';
import { factsOf, resultOf, scoreOf } from './__fixtures__/scoring';

describe('verdicts', () => {
  it.each<[string, string, Facts[string]['data'], number, string]>([
    ['pass', 'repository.a', { a: true }, 1, 'Fulfilled'],
    ['pass', '1', {}, 1, 'Fulfilled'],
    ['pass', '1.0', {}, 1, 'Fulfilled'],
    [
      'fail',
      'repository.a',
      { a: false },
      0,
      'Not fulfilled – repository.a: false',
    ],
    ['fail', '0', {}, 0, 'Not fulfilled'],
    [
      'fail',
      'repository.a / 4.0',
      { a: 3 },
      0.75,
      'Not fulfilled (75 % reached) – repository.a: 3',
    ],
    [
      'unknown',
      'repository.flags.on',
      {},
      0,
      'Not known: repository.flags has not been collected',
    ],
    [
      'unknown',
      'repository.a && repository.b',
      { a: null },
      0,
      'Not known: repository.a and repository.b have not been collected',
    ],
    [
      'error',
      '1 / 0 > 1',
      {},
      0,
      'The rule could not be evaluated: int divide by zero',
    ],
    [
      'error',
      'repository.a',
      { a: 'yes' },
      0,
      "The rule could not be evaluated: 'pass' is neither a boolean nor a number from 0 to 1",
    ],
    [
      'error',
      'repository.a',
      { a: 1.5 },
      0,
      "The rule could not be evaluated: 'pass' is neither a boolean nor a number from 0 to 1",
    ],
    [
      'error',
      'repository.a > ',
      {},
      0,
      'The rule could not be evaluated: pass: not valid CEL near ">"',
    ],
    [
      'error',
      'catalog.a',
      {},
      0,
      "The rule could not be evaluated: pass: 'catalog' is not among the check's facts (repository)",
    ],
  ])('%s for %s on %j', (verdict, pass, data, credit, message) => {
    expect(resultOf({ pass }, data)).toMatchObject({
      verdict,
      credit,
      message,
    });
  });

  it('uses the message of the check for its failure only', () => {
    const check = { pass: 'repository.a', message: 'Set a.' };
    expect(resultOf(check, { a: false }).message).toBe('Set a.');
    expect(resultOf(check, { a: true }).message).toBe('Fulfilled');
    expect(resultOf(check, {}).message).toContain('Not known');
  });

  it('says where an absent field is missing', () => {
    const data = { l: [{ file: 'a.yml', line: 2 }] };
    expect(
      resultOf({ pass: 'repository.l.all(e, e.ok)' }, data).evidence,
    ).toEqual([
      {
        fact: 'repository.l[0].ok',
        file: 'a.yml',
        line: 2,
        text: 'not collected',
        absent: 'field',
      },
    ]);
  });

  it('does not see facts that are there but not listed', () => {
    const { checks } = scoreOf({
      checks: [{ pass: 'catalog.a', facts: ['repository'] }],
      facts: factsOf({ repository: {}, catalog: { a: true } }),
    });
    expect(checks[0].verdict).toBe('error');
  });

  it('is unknown for an entity without facts', () => {
    const { checks, level, score, coverage } = scoreOf({
      checks: [
        { pass: 'repository.a' },
        { id: 'B', pass: '!has(repository.b)' },
      ],
      facts: {},
    });
    expect(checks.map(c => c.verdict)).toEqual(['unknown', 'unknown']);
    expect({ level, score, coverage }).toEqual({
      level: null,
      score: { raw: 0, adjusted: 0, low: 0, high: 100 },
      coverage: 0,
    });
  });

  it('takes no fact from the prototype of an object', () => {
    const check = { pass: 'has(toString.name) || true', facts: ['toString'] };
    expect(scoreOf({ checks: [check], facts: {} }).checks[0].verdict).toBe(
      'pass',
    );
    const reads = { pass: 'has(toString.name)', facts: ['toString'] };
    expect(scoreOf({ checks: [reads], facts: {} }).checks[0].verdict).toBe(
      'unknown',
    );
  });
});

describe('the sentence of a failure', () => {
  const pass = 'repository.l.all(e, e.ok)';

  it.each([
    [1, '1 of 2 fall short: n0'],
    [5, '5 of 6 fall short: n0, n1, n2, …'],
  ])('names the first of %i elements', (count, message) => {
    const l = Array.from({ length: count + 1 }, (_, i) => ({
      name: `n${i}`,
      ok: i === count,
    }));
    expect(resultOf({ pass }, { l }).message).toBe(message);
  });
});

describe('when', () => {
  const pass = 'repository.b';

  it.each<[string, Facts[string]['data'], string]>([
    ['not-applicable', { a: false }, 'Does not apply: repository.a is false'],
    ['unknown', { b: true }, 'Not known: repository.a has not been collected'],
    [
      'error',
      { a: 1, b: true },
      "The rule could not be evaluated: 'when' is neither true nor false",
    ],
    ['pass', { a: true, b: true }, 'Fulfilled'],
    ['unknown', { a: true }, 'Not known: repository.b has not been collected'],
  ])('gives %s on %j', (verdict, data, message) => {
    const result = resultOf({ when: 'repository.a', pass }, data);
    expect(result).toMatchObject({ verdict, message });
  });

  it('needs no fact that only pass reads', () => {
    const check = {
      when: 'catalog.a',
      pass: 'repository.b',
      facts: ['catalog', 'repository'],
    };
    const facts = factsOf({ catalog: { a: false } });
    expect(scoreOf({ checks: [check], facts }).checks[0].verdict).toBe(
      'not-applicable',
    );
  });
});

describe('facts that expire', () => {
  const facts = (expiresAt: string): Facts => ({
    repository: {
      observedAt: '2026-11-20T12:00:00Z',
      expiresAt,
      data: { a: true },
    },
  });
  const verdictAt = (expiresAt: string, check: object = {}) =>
    scoreOf({
      checks: [{ pass: 'repository.a', ...check }],
      facts: facts(expiresAt),
    }).checks[0];

  it('are stale from the moment they expire', () => {
    expect(verdictAt('2026-11-21T12:00:00.001Z').verdict).toBe('pass');
    expect(verdictAt('2026-11-21T13:00:00.000+02:00')).toMatchObject({
      verdict: 'stale',
      credit: 0,
      message:
        'Out of date: repository expired at 2026-11-21T13:00:00.000+02:00',
    });
    expect(verdictAt('2026-11-21T12:00:00Z').verdict).toBe('stale');
  });

  it('are stale in when too, and where the rest would decide', () => {
    const when = { when: '!repository.a' };
    expect(verdictAt('2026-11-21T12:00:00Z', when).verdict).toBe('stale');
    const decided = { pass: 'true || repository.a' };
    expect(verdictAt('2026-11-21T12:00:00Z', decided).verdict).toBe('stale');
  });

  it('do not touch checks that do not read them', () => {
    const { checks } = scoreOf({
      checks: [
        { id: 'A', pass: 'repository.a' },
        { id: 'B', pass: 'catalog.b', facts: ['catalog'] },
      ],
      facts: {
        ...facts('2026-11-21T12:00:00Z'),
        ...factsOf({ catalog: { b: true } }),
      },
    });
    expect(checks.map(c => c.verdict)).toEqual(['stale', 'pass']);
  });
});
