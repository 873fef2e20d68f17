import { folderInRepository, touchedFolders } from './repositoryFolders';

it.each<[string, string, string | undefined]>([
  ['https://github.com/acme/mono', 'github.com/acme/mono', ''],
  ['https://github.com/acme/mono/tree/main/', 'github.com/acme/mono', ''],
  [
    'https://github.com/Acme/mono/tree/main/Services/pay/',
    'github.com/acme/mono',
    'services/pay',
  ],
  [
    'https://gitlab.example.com/a/b/mono/-/tree/main/pay%20api',
    'gitlab.example.com/a/b/mono',
    'pay api',
  ],
  [
    'https://git.example.com/acme/mono/src/branch/main/x/',
    'git.example.com/acme/mono',
    'x',
  ],
  [
    'https://bitbucket.org/acme/mono/src/main/x/y',
    'bitbucket.org/acme/mono',
    'x/y',
  ],
  [
    'https://dev.azure.com/acme/p/_git/mono?path=/x/y&version=GBmain',
    'dev.azure.com/acme/p/_git/mono',
    'x/y',
  ],
  ['https://git.example.com/mono/x/y/', 'git.example.com/mono', 'x/y'],
  ['https://github.com/acme/mono2', 'github.com/acme/mono', undefined],
])('finds the folder of %s', (url, repository, folder) => {
  expect(folderInRepository(url, repository)).toBe(folder);
});

it('gives a file to the innermost folder around it', () => {
  const folders = ['', 'services/pay', 'services/pay/api', 'services/web'];
  const touched = (...paths: string[]) => [...touchedFolders(folders, paths)];
  expect(touched('services/pay/api/a.ts')).toEqual(['services/pay/api']);
  expect(touched('services/payments/a.ts')).toEqual(['']);
  expect(touched('./services/web/a', '/services/pay/b')).toEqual([
    'services/web',
    'services/pay',
  ]);
  expect([...touchedFolders(['a', 'b'], ['c/x'])]).toEqual([]);
});
