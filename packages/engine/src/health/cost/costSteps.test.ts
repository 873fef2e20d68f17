import { deployed } from '../__fixtures__/deliveryEvents';
import { charge } from '../__fixtures__/downstreamEvents';
import { metricsOf } from '../__fixtures__/report';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-01-06T00:00:00Z');
const day = (index: number) => new Date(FIRST + index * DAY_MS).toISOString();

/** One charge a day, from 6 January. */
function daily(amounts: readonly number[], offsetMs = 0) {
  return amounts.map((amount, index) =>
    charge(`c${index}`, {
      amount,
      from: new Date(FIRST + index * DAY_MS + offsetMs).toISOString(),
      to: new Date(FIRST + (index + 1) * DAY_MS + offsetMs).toISOString(),
    }),
  );
}

/** Median 100, median absolute deviation 1: one robust sigma is 1.4826. */
const BEFORE = [100, 102, 98, 101, 99, 100, 100];
/** The day of the deployment itself, whatever it cost. */
const DAY_ITSELF = 5000;

function stepsOf(
  events: Parameters<typeof metricsOf>[0],
  options: Parameters<typeof metricsOf>[1] = {},
) {
  return metricsOf(events, options).costPerChange.parts!.filter(({ name }) =>
    name.startsWith('step:'),
  );
}

const ON_DAY_7 = deployed('d1', '2026-01-13T12:00:00Z');

describe('B6 per deployment', () => {
  it('B6 step: median daily cost of the 7 days after minus the 7 before', () => {
    const after = [120, 121, 90, 120, 500, 118, 120];
    const [step] = stepsOf([
      ...daily([...BEFORE, DAY_ITSELF, ...after]),
      ON_DAY_7,
    ]);
    expect(step).toMatchObject({
      name: 'step:d1',
      value: 20,
      unit: 'currency',
      note: 'median daily cost from 100 to 120 USD in the 7 days after the deployment; 13.5 robust standard deviations',
    });
    expect(step.evidence).toContain('d1-deployed');
    expect(step.evidence).toContain('c0');
    expect(step.evidence).toContain('c14');
    expect(step.evidence).not.toContain('c7');
  });

  it.each([
    // 3.5 sigmas are 5.189
    [105.1, 0],
    [105.2, 1],
    [94.9, 0],
    [94.8, 1],
  ])('B6 step: a median of %d afterwards gives %d steps', (cost, count) => {
    expect(
      stepsOf([
        ...daily([...BEFORE, DAY_ITSELF, ...Array(7).fill(cost)]),
        ON_DAY_7,
      ]),
    ).toHaveLength(count);
  });

  it('B6 step: any step is one where the days before all cost the same', () => {
    const flat = Array(7).fill(10);
    expect(
      stepsOf([...daily([...flat, 10, ...Array(7).fill(11)]), ON_DAY_7])[0],
    ).toMatchObject({
      value: 1,
      note: expect.stringContaining('the days before all cost the same'),
    });
    expect(stepsOf([...daily([...flat, 10, ...flat]), ON_DAY_7])).toEqual([]);
  });

  it('B6 step: a mean deviation stands in where the median one is 0', () => {
    // deviations 0 0 0 0 0 0 7: mean 1, sigma 1.2533, 3.5 sigmas 4.39
    const before = [10, 10, 10, 10, 10, 10, 17];
    const stepsTo = (cost: number) =>
      stepsOf([...daily([...before, 0, ...Array(7).fill(cost)]), ON_DAY_7]);
    expect(stepsTo(14.3)).toHaveLength(0);
    expect(stepsTo(14.5)).toHaveLength(1);
  });

  it('B6 step: is not claimed without all fourteen days, or from charges of more than a day', () => {
    const after = Array(7).fill(200);
    expect(
      stepsOf([...daily([...BEFORE, DAY_ITSELF, ...after.slice(1)]), ON_DAY_7]),
    ).toEqual([]);
    expect(
      stepsOf([
        charge('a', { from: day(0), to: day(7), amount: 700 }),
        charge('b', { from: day(7), to: day(15), amount: 1600 }),
        ON_DAY_7,
      ]),
    ).toEqual([]);
  });

  it('B6 step: days are those of the time zone', () => {
    const events = [
      ...daily([...BEFORE, DAY_ITSELF, ...Array(7).fill(120)], -3_600_000),
      ON_DAY_7,
    ];
    expect(stepsOf(events)).toEqual([]);
    expect(stepsOf(events, { timeZone: 'Europe/Berlin' })).toHaveLength(1);
  });

  it('B6 step: of deployments within 7 days only the largest is shown, with how many others', () => {
    const steps = stepsOf([
      ...daily([...BEFORE, 100, ...Array(12).fill(150)]),
      ON_DAY_7,
      deployed('d2', '2026-01-13T15:00:00Z'),
      deployed('d3', '2026-01-15T12:00:00Z'),
    ]);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ name: 'step:d1', value: 50 });
    expect(steps[0].note).toContain('2 deployments on that day');
    expect(steps[0].note).toContain('1 other deployment within 7 days');
  });
});
