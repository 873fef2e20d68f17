import { summaryItem } from '../__fixtures__/fleet';
import { GroupNode, groupTree } from './groupTree';

const group = (key: string | null, parent: string | null = null) =>
  summaryItem({ key, parent });

type Shape = (string | null | Shape)[];
const shape = (nodes: GroupNode[]): Shape =>
  nodes.flatMap(({ item, children }) =>
    children.length > 0 ? [item.key, shape(children)] : [item.key],
  );

describe('groupTree', () => {
  it('puts groups below their parents, by name, those without last', () => {
    expect(
      shape(
        groupTree([group(null), group('b', 'z'), group('z'), group('a', 'z')]),
      ),
    ).toEqual(['z', ['a', 'b'], null]);
  });

  it('keeps a group whose parent is not there', () => {
    expect(shape(groupTree([group('a', 'gone')]))).toEqual(['a']);
  });

  it('keeps every group of a circle', () => {
    expect(
      shape(groupTree([group('a', 'b'), group('b', 'a'), group('c', 'a')])),
    ).toEqual(['a', ['c'], 'b']);
  });

  it('begins with the one that is asked for', () => {
    const items = [group('a'), group('b', 'a'), group('c', 'b')];
    expect(shape(groupTree(items, 'b'))).toEqual(['b', ['c']]);
    expect(groupTree(items, 'x')).toEqual([]);
  });
});
