import { projectPathOf } from './projectPathOf';

const config = {
  host: 'gitlab.example.com',
  baseUrl: 'https://gitlab.example.com',
  apiBaseUrl: 'https://gitlab.example.com/api/v4',
};

it.each([
  ['https://gitlab.example.com/acme/shop', 'acme/shop'],
  ['https://gitlab.example.com/acme/shop.git', 'acme/shop'],
  ['https://gitlab.example.com/acme/web/shop/-/tree/main/', 'acme/web/shop'],
  ['https://gitlab.example.com/acme/web/shop/tree/main/x/', 'acme/web/shop'],
  ['https://gitlab.example.com/acme/tree-house/', 'acme/tree-house'],
])('finds the project of %s', (url, path) => {
  expect(projectPathOf(url, config)).toBe(path);
});

it('leaves out the path that GitLab itself is below', () => {
  expect(
    projectPathOf('https://gitlab.example.com/gitlab/acme/shop/-/blob/a/b', {
      ...config,
      baseUrl: 'https://gitlab.example.com/gitlab',
    }),
  ).toBe('acme/shop');
});

it('refuses what is no project', () => {
  expect(() =>
    projectPathOf('https://gitlab.example.com/acme', config),
  ).toThrow(/not the address of a project/);
});
