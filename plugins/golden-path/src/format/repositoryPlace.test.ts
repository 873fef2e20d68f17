import { repositoryPlaceOf } from './repositoryPlace';

const BACKEND = 'http://localhost:7007/';
const HOST = 'http://localhost:7007/api/local-git/repositories';

describe('repositoryPlaceOf', () => {
  it.each([
    [
      `${HOST}/orders/tree/main/a%20b/ci.yml#L3`,
      { name: 'orders', ref: 'main', path: 'a b/ci.yml' },
    ],
    [
      `${HOST}/orders/blob/feature%2Fx/`,
      { name: 'orders', ref: 'feature/x', path: '' },
    ],
  ])('reads %s', (address, place) => {
    expect(repositoryPlaceOf(address, BACKEND)).toEqual(place);
  });

  it.each([
    'http://localhost:7008/api/local-git/repositories/orders/tree/main/x',
    'https://git.example.com/orders/tree/main/x',
    `${HOST}/orders`,
    `${HOST}/orders/commits/main`,
    `${HOST}/orders/tree/%zz/x`,
  ])('leaves %s alone', address => {
    expect(repositoryPlaceOf(address, BACKEND)).toBeUndefined();
  });
});
