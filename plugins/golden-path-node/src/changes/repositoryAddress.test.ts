import {
  folderOf,
  segmentsOf,
  splitBranch,
  withoutCatalogFile,
} from './repositoryAddress';

async function split(path: string, ...branches: string[]) {
  const asked: string[] = [];
  const found = await splitBranch(segmentsOf(path), async name => {
    asked.push(name);
    return branches.find(each => each === name);
  });
  return { ...found, asked };
}

it('tells a branch with slashes from the folder', async () => {
  await expect(split('main/a/b', 'main')).resolves.toEqual({
    branch: 'main',
    folder: 'a/b',
    asked: ['main'],
  });
  await expect(split('release/1.x/a', 'release/1.x')).resolves.toEqual({
    branch: 'release/1.x',
    folder: 'a',
    asked: ['release', 'release/1.x'],
  });
});

it('asks for a few names only', async () => {
  const asked: string[] = [];
  await expect(
    splitBranch('a/b/c/d/e/f/g/h/i'.split('/'), async name => {
      asked.push(name);
      return undefined;
    }),
  ).rejects.toMatchObject({ name: 'NotFoundError' });
  expect(asked).toHaveLength(6);
});

it.each([
  'main/%2e%2e%2fetc',
  'main/a%2f..%2f..',
  'main/.git/hooks',
  'main/%00',
])('refuses %s', async path => {
  await expect(split(path, 'main')).rejects.toMatchObject({
    name: 'InputError',
  });
});

it('refuses what is not encoded rightly', () => {
  expect(() => segmentsOf('/a/%zz')).toThrow(
    expect.objectContaining({ name: 'InputError' }),
  );
});

it('makes a folder of segments', () => {
  expect(folderOf(['', 'a', 'b', ''])).toBe('a/b');
  expect(folderOf([])).toBe('');
  expect(withoutCatalogFile(['a', 'catalog-info.yaml'])).toEqual(['a']);
  expect(withoutCatalogFile(['a', 'yaml'])).toEqual(['a', 'yaml']);
  expect(withoutCatalogFile([])).toEqual([]);
});
