import { entityRefOf, readGateFilter, writeGateFilter } from './gateFilter';

describe('the filter of the gate page', () => {
  it('comes back from its address', () => {
    const filter = {
      verdict: 'block' as const,
      entity: 'api:default/pay',
      days: 30,
    };
    expect(readGateFilter(writeGateFilter(filter))).toEqual(filter);
  });

  it('passes over what it does not know', () => {
    const odd = new URLSearchParams({ verdict: 'maybe', days: '12' });
    expect(readGateFilter(odd)).toEqual({ entity: '', days: 90 });
    expect(
      writeGateFilter({ entity: '', days: 90, verdict: undefined }).toString(),
    ).toBe('');
  });
});

describe('entityRefOf', () => {
  it.each([
    ['orders', 'component:default/orders'],
    ['shop/orders', 'component:shop/orders'],
    ['API:default/pay', 'api:default/pay'],
    ['two words', undefined],
    ['a:', undefined],
  ])('takes %s for %s', (text, ref) => {
    expect(entityRefOf(text)).toBe(ref);
  });
});
