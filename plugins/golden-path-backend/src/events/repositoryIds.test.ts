import {
  addressPrefixes,
  eventRepositoryAddress,
  repositoryAddress,
} from './repositoryIds';

it.each([
  ['https://GitHub.com/Acme/Pay.git/', 'github.com/acme/pay'],
  ['https://bot:secret@git.example.com:8443/a', 'git.example.com:8443/a'],
  ['git@github.com:acme/pay.git', 'github.com/acme/pay'],
  ['ssh://git@github.com/acme/pay', 'github.com/acme/pay'],
  ['https://github.com/', undefined],
  ['acme/pay', undefined],
  ['file:///etc/passwd', undefined],
])('spells %s as %s', (text, address) => {
  expect(repositoryAddress(text)).toBe(address);
});

it('lists the repositories an address may lie in', () => {
  expect(addressPrefixes('github.com/acme/pay/tree')).toEqual([
    'github.com/acme',
    'github.com/acme/pay',
    'github.com/acme/pay/tree',
  ]);
});

it.each([
  ['acme/pay', 'https://github.com/', 'github.com/acme/pay'],
  ['acme/pay', 'github.com', 'github.com/acme/pay'],
  ['acme/pay', '/forge', undefined],
  ['acme/pay', undefined, undefined],
  ['https://github.com/acme/pay', '/forge', 'github.com/acme/pay'],
])('finds the address of %s beside %s', (value, source, address) => {
  expect(eventRepositoryAddress({ value, source })).toBe(address);
});
