import { urlAtCommit } from './urlAtCommit';

const sha = 'c'.repeat(40);

it.each([
  [
    'https://github.com/acme/templates/tree/main/node/',
    `https://github.com/acme/templates/tree/${sha}/node/`,
  ],
  [
    'https://github.com/acme/tree/tree/main/src/tree/',
    `https://github.com/acme/tree/tree/${sha}/src/tree/`,
  ],
  [
    'https://github.com/acme/templates/tree/main',
    `https://github.com/acme/templates/tree/${sha}`,
  ],
  [
    'https://gitlab.com/acme/tree/src/templates/-/tree/main/node/',
    `https://gitlab.com/acme/tree/src/templates/-/tree/${sha}/node/`,
  ],
  [
    'https://gitlab.com/acme/templates/-/blob/release%2F1/node/?ref_type=heads',
    `https://gitlab.com/acme/templates/-/blob/${sha}/node/?ref_type=heads`,
  ],
  [
    'https://bitbucket.org/acme/templates/src/main/node/',
    `https://bitbucket.org/acme/templates/src/${sha}/node/`,
  ],
  [
    'https://bitbucket.example.com/projects/AC/repos/templates/browse/node?at=main',
    `https://bitbucket.example.com/projects/AC/repos/templates/browse/node?at=${sha}`,
  ],
  [
    'https://gitea.example.com/acme/templates/src/branch/main/node/',
    `https://gitea.example.com/acme/templates/src/commit/${sha}/node/`,
  ],
  [
    'https://gitea.example.com/acme/templates/src/tag/v1/node/',
    `https://gitea.example.com/acme/templates/src/commit/${sha}/node/`,
  ],
  [
    'https://dev.azure.com/acme/platform/_git/templates?path=/node&version=GBmain',
    `https://dev.azure.com/acme/platform/_git/templates?path=%2Fnode&version=GC${sha}`,
  ],
  [
    'http://localhost:7007/api/local-git/repositories/templates/tree/main/node/',
    `http://localhost:7007/api/local-git/repositories/templates/tree/${sha}/node/`,
  ],
])('%s', (url, expected) => {
  expect(urlAtCommit(url, sha)).toBe(expected);
});

it.each([
  'https://github.com/acme/templates',
  'https://github.com/acme/templates/tree/',
  'https://storage.example.com/templates/node/',
])('knows no commit of %s', url => {
  expect(urlAtCommit(url, sha)).toBeUndefined();
});
