import { planWaves, WaveService } from './waves';

const service = (
  name: string,
  options: { owner?: string | null; tier?: number | string } = {},
): WaveService => ({
  entityRef: `component:default/${name}`,
  owner: options.owner === undefined ? 'group:default/a' : options.owner,
  tier: options.tier,
});
const fleet = (count: number) =>
  Array.from({ length: count }, (_, n) => service(`s${n}`));
const sizes = (waves: ReturnType<typeof planWaves>) =>
  waves.map(({ name, services }) => [name, services.length]);
const names = (waves: ReturnType<typeof planWaves>) =>
  waves.map(({ name }) => name);

describe('planWaves', () => {
  it('puts all into one wave, in the order of their names', () => {
    const waves = planWaves('all', [service('b'), service('a')]);
    expect(sizes(waves)).toEqual([['All services', 2]]);
    expect(waves[0].services.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/a',
      'component:default/b',
    ]);
  });

  it('begins with the owner of the fewest services, and ends with nobody', () => {
    const waves = planWaves('owner', [
      service('1', { owner: null }),
      service('2', { owner: 'group:default/large' }),
      service('3', { owner: 'group:default/large' }),
      service('4', { owner: 'group:default/z' }),
      service('5', { owner: 'group:default/b' }),
    ]);
    expect(sizes(waves)).toEqual([
      ['group:default/b', 1],
      ['group:default/z', 1],
      ['group:default/large', 2],
      ['No owner', 1],
    ]);
  });

  it('goes from the least critical tier to the most, the unknown ones before the last', () => {
    const waves = planWaves('tier', [
      service('1', { tier: 1 }),
      service('2', { tier: '3' }),
      service('3', { tier: 3 }),
      service('4'),
      service('5', { tier: 'gold' }),
      service('6', { tier: 2 }),
      service('7', { tier: '' }),
    ]);
    expect(sizes(waves)).toEqual([
      ['Tier 3', 2],
      ['Tier 2', 1],
      ['Tier unknown', 3],
      ['Tier 1', 1],
    ]);
  });

  it.each([
    [1, [1]],
    [2, [1, 1]],
    [3, [1, 1, 1]],
    [20, [1, 4, 15]],
    [50, [3, 10, 37]],
    [1000, [50, 200, 750]],
  ])(
    'takes 5 %, up to 25 % and all of %d, each at least one',
    (count, expected) => {
      const waves = planWaves('share', fleet(count));
      expect(waves.map(({ services }) => services.length)).toEqual(expected);
      const all = waves.flatMap(({ services }) => services);
      expect(new Set(all).size).toBe(count);
      expect(names(waves)).toEqual(
        ['5 %', '25 %', 'All'].slice(0, waves.length),
      );
    },
  );

  it('does not depend on the order in which services come', () => {
    const services = fleet(40);
    for (const rule of ['all', 'owner', 'tier', 'share'] as const) {
      expect(planWaves(rule, [...services].reverse())).toEqual(
        planWaves(rule, services),
      );
    }
  });

  it('makes no wave of no services', () => {
    expect(planWaves('all', [])).toEqual([]);
    expect(planWaves('share', [])).toEqual([]);
  });
});
