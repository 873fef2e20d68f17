import { Hierarchy } from './hierarchy';

const edge = (entityRef: string, parentRef: string) => ({
  entityRef,
  parentRef,
});

it('finds everything below and above', () => {
  const hierarchy = new Hierarchy([
    edge('b', 'a'),
    edge('c', 'b'),
    edge('d', 'a'),
  ]);
  expect([...hierarchy.withDescendants('a')].sort()).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect([...hierarchy.withDescendants('c')]).toEqual(['c']);
  expect([...hierarchy.withAncestors(['c'])].sort()).toEqual(['a', 'b', 'c']);
  expect(hierarchy.parent('c')).toBe('b');
  expect(hierarchy.parent('a')).toBeNull();
});

it('ends in a circle', () => {
  const hierarchy = new Hierarchy([
    edge('a', 'c'),
    edge('b', 'a'),
    edge('c', 'b'),
    edge('self', 'self'),
  ]);
  expect([...hierarchy.withDescendants('a')].sort()).toEqual(['a', 'b', 'c']);
  expect([...hierarchy.withAncestors(['a'])].sort()).toEqual(['a', 'b', 'c']);
  expect([...hierarchy.withDescendants('self')]).toEqual(['self']);
});

it('has one parent for each, whatever the order', () => {
  const edges = [edge('a', 'z'), edge('a', 'y')];
  expect(new Hierarchy(edges).parent('a')).toBe('y');
  expect(new Hierarchy([...edges].reverse()).parent('a')).toBe('y');
});
