import { compareArms, type Trial } from './compareArms';

/** `events` of `n` in an arm, each of the size given. */
function arm(
  exposed: boolean,
  events: number,
  n: number,
  size?: number,
): Trial[] {
  return Array.from({ length: n }, (_, index) => ({
    exposed,
    happened: index < events,
    ...(size !== undefined && { size }),
  }));
}

describe('B9: difference with Newcombe interval, Fisher p and P(exposed worse)', () => {
  it('gives all of them', () => {
    // 56/70 and 48/80 are Newcombe's example
    const result = compareArms([...arm(true, 56, 70), ...arm(false, 48, 80)]);
    expect(result).toMatchObject({
      status: 'ok',
      exposed: { events: 56, n: 70 },
      unexposed: { events: 48, n: 80 },
      verdict: 'worse',
    });
    expect(result.difference).toBeCloseTo(0.2, 12);
    expect(result.interval!.low).toBeCloseTo(0.0524, 4);
    expect(result.interval!.high).toBeCloseTo(0.3339, 4);
    expect(result.pValue).toBeCloseTo(0.0125, 4);
    expect(result.probabilityWorse).toBeGreaterThan(0.99);
    expect(result.message).toBe(
      'worse (56 of 70 against 48 of 80, +5 to +33 points)',
    );
    expect(result.needed).toBeUndefined();
  });

  it('calls the opposite better', () => {
    expect(
      compareArms([...arm(true, 48, 80), ...arm(false, 56, 70)]),
    ).toMatchObject({
      verdict: 'better',
      message: 'better (48 of 80 against 56 of 70, -33 to -5 points)',
    });
  });
});

describe('B9: no difference shown when the interval contains 0', () => {
  it('says so, with the counts and the interval in points', () => {
    /*
     * 1/14 = 0.0714, Wilson 0.0127..0.3147; 2/31 = 0.0645, Wilson 0.0179..0.2072
     * low 0.0069 - sqrt(0.0587^2 + 0.1427^2) = -0.1474, high 0.0069 + sqrt(0.2433^2 + 0.0466^2) = 0.2546
     */
    expect(
      compareArms([...arm(true, 1, 14), ...arm(false, 2, 31)]),
    ).toMatchObject({
      verdict: 'no-difference-shown',
      message:
        'no difference shown (1 of 14 against 2 of 31, -15 to +25 points)',
    });
  });

  it('says how many more deployments per arm would show a doubling', () => {
    // (2 + 0.5) / (31 + 1) = 0.078125 doubled needs 265 per arm, of which the smaller has 14
    expect(
      compareArms([...arm(true, 1, 14), ...arm(false, 2, 31)]).needed,
    ).toBe(265 - 14);
  });
});

describe('B9: nothing below 10 per arm', () => {
  it('gives the counts and what is needed, and no number to judge by', () => {
    const result = compareArms([...arm(true, 9, 9), ...arm(false, 0, 500)]);
    expect(result).toEqual({
      status: 'insufficient',
      exposed: { events: 9, n: 9 },
      unexposed: { events: 0, n: 500 },
      difference: null,
      verdict: 'too-few',
      needed: expect.any(Number),
      message: expect.stringMatching(
        /^too few to compare \(9 of 9 against 0 of 500; 10 of each/,
      ),
    });
    expect(
      compareArms([...arm(true, 10, 10), ...arm(false, 0, 500)]).verdict,
    ).toBe('worse');
  });

  it('asks for ten at least, even where a doubling is impossible', () => {
    expect(compareArms([...arm(true, 2, 2), ...arm(false, 8, 9)]).needed).toBe(
      8,
    );
  });

  it('has no data without a deployment', () => {
    expect(compareArms([])).toMatchObject({
      status: 'no-data',
      verdict: 'too-few',
    });
  });
});

describe('B9: stratify by change size (three strata, Mantel-Haenszel)', () => {
  const SMALL = 10;
  const MEDIUM = 100;
  const LARGE = 1_000;

  it('shows no difference when size alone explains it', () => {
    // 10 % of small, 30 % of medium and 60 % of large changes fail in either arm; the exposed are mostly large
    const result = compareArms([
      ...arm(true, 3, 30, SMALL),
      ...arm(true, 18, 60, MEDIUM),
      ...arm(true, 54, 90, LARGE),
      ...arm(false, 9, 90, SMALL),
      ...arm(false, 18, 60, MEDIUM),
      ...arm(false, 18, 30, LARGE),
    ]);
    // 75/180 against 45/180: the crude interval leaves out 0
    expect(result.interval!.low).toBeGreaterThan(0.05);
    expect(result.stratified!.difference).toBeCloseTo(0, 12);
    expect(result.verdict).toBe('no-difference-shown');
    expect(result.message).toMatch(
      /, for among changes of like size it is -\d+ to \+\d+ points$/,
    );
  });

  it('lets a difference stand that every size shows', () => {
    const result = compareArms(
      [SMALL, MEDIUM, LARGE].flatMap(size => [
        ...arm(true, 15, 30, size),
        ...arm(false, 3, 30, size),
      ]),
    );
    expect(result.verdict).toBe('worse');
    expect(result.stratified!.difference).toBeCloseTo(0.4, 12);
  });

  it('leaves it out when the size of too few is known', () => {
    expect(
      compareArms([
        ...arm(true, 5, 9, SMALL),
        ...arm(true, 5, 9),
        ...arm(false, 1, 40, LARGE),
      ]).stratified,
    ).toBeUndefined();
  });
});
