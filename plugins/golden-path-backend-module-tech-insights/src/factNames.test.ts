import { factNames } from './factNames';

it.each([
  ['entityMetadataFactRetriever', 'entityMetadataFactRetriever'],
  ['my-retriever', 'my_retriever'],
  ['a.b/c d', 'a_b_c_d'],
  ['2fa', '_2fa'],
  ['in', 'in_'],
  ['ids', 'ids_'],
  ['größe', 'gr__e'],
])('names %s %s', (id, name) => {
  expect(factNames([id])).toEqual(new Map([[id, name]]));
});

it('keeps names apart, whatever the order, and leaves those that need no change', () => {
  const expected = {
    'a b': 'a_b_2',
    'a-b': 'a_b_3',
    a_b: 'a_b',
  };
  for (const ids of [
    ['a-b', 'a_b', 'a b'],
    ['a b', 'a-b', 'a_b', 'a-b'],
  ]) {
    expect(Object.fromEntries(factNames(ids))).toEqual(expected);
  }
});
