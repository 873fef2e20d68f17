import { ByteCache } from './ByteCache';

it('forgets what was used longest ago', () => {
  const cache = new ByteCache<string>({ mostBytes: 10 });
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 4);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe('A');
  expect(cache.get('c')).toBe('C');
});

it('counts an entry that is replaced once', () => {
  const cache = new ByteCache<string>({ mostBytes: 10 });
  cache.set('a', 'A', 4);
  cache.set('b', 'B1', 6);
  cache.set('b', 'B2', 6);
  expect(cache.get('a')).toBe('A');
  expect(cache.get('b')).toBe('B2');
});

it('keeps nothing that is too large by itself', () => {
  const cache = new ByteCache<string>({ mostBytes: 10 });
  cache.set('a', 'A', 11);
  expect(cache.get('a')).toBeUndefined();
});
