import { repositoryOf } from './repositoryOf';

it.each([
  'https://github.com/acme/shop',
  'https://github.com/acme/shop/',
  'https://github.com/acme/shop.git',
  'https://github.com/acme/shop/tree/main/services/shop/',
])('finds the repository of %s', url => {
  expect(repositoryOf(url)).toEqual({ owner: 'acme', repo: 'shop' });
});

it('refuses what is no repository', () => {
  expect(() => repositoryOf('https://github.com/acme')).toThrow(
    /not the address of a repository/,
  );
});
