import { predicateText } from './predicate';

describe('predicateText', () => {
  it.each([
    [
      { kind: 'Component', 'spec.type': 'service' },
      'kind Component and spec.type service',
    ],
    [
      { 'spec.type': { $in: ['service', 'website'] } },
      'spec.type service or website',
    ],
  ])('says %j in words', (predicate, words) => {
    expect(predicateText(predicate)).toBe(words);
  });

  it.each([
    {},
    { $any: [{ kind: 'API' }] },
    { kind: { $exists: true } },
    { kind: {} },
    { kind: 'API', 'spec.type': { $in: ['a'], $contains: 'b' } },
  ])('does not guess at %j', predicate => {
    expect(predicateText(predicate)).toBeUndefined();
  });
});
