import { addressOf } from './addressOf';

it.each([
  [
    'https://dev.azure.com/acme/web%20shop/_git/shop',
    'https://dev.azure.com/acme web shop shop',
  ],
  [
    'https://dev.azure.com/acme/_git/shop',
    'https://dev.azure.com/acme shop shop',
  ],
  [
    'http://dev.azure.com/acme/web/_git/shop',
    'https://dev.azure.com/acme web shop',
  ],
  [
    'https://acme.visualstudio.com/web/_git/shop',
    'https://acme.visualstudio.com web shop',
  ],
  [
    'https://acme.visualstudio.com/DefaultCollection/web/_git/shop',
    'https://acme.visualstudio.com/DefaultCollection web shop',
  ],
  [
    'http://tfs.example.com/tfs/acme/web/_git/shop',
    'http://tfs.example.com/tfs/acme web shop',
  ],
  [
    'https://tfs.example.com/tfs/acme/_git/shop',
    'https://tfs.example.com/tfs/acme shop shop',
  ],
  [
    'https://tfs.example.com/acme/web/_git/shop',
    'https://tfs.example.com/acme web shop',
  ],
])('takes %s apart', (url, parts) => {
  const { serverUrl, project, repository } = addressOf(url);
  expect(`${serverUrl} ${project} ${repository}`).toBe(parts);
});

it.each([
  ['', undefined, ''],
  ['?path=/services/cart/', undefined, 'services/cart'],
  [
    '?path=%2Fservices%2Fcart&version=GBrelease%2F1.x',
    'release/1.x',
    'services/cart',
  ],
  ['?path=/services/catalog-info.yaml&version=GBmain', 'main', 'services'],
  ['?path=/catalog-info.yaml', undefined, ''],
])('reads branch and folder of "%s"', (query, branch, folder) => {
  expect(
    addressOf(`https://dev.azure.com/acme/web/_git/shop${query}`),
  ).toMatchObject({ branch, folder });
});

it.each([
  ['https://dev.azure.com/acme/web', 'InputError'],
  ['https://dev.azure.com/acme/web/_git/', 'InputError'],
  ['https://dev.azure.com/_git/shop', 'InputError'],
  ['https://dev.azure.com/acme/web/_git/shop?path=/a/../../b', 'InputError'],
  ['https://dev.azure.com/acme/web/_git/shop?version=GTv1', 'NotFoundError'],
  ['https://dev.azure.com/acme/web/_git/shop?version=GC0a1b', 'NotFoundError'],
])('refuses %s', (url, name) => {
  expect(() => addressOf(url)).toThrow(expect.objectContaining({ name }));
});
