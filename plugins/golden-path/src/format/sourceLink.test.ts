import { ordersEntity } from '../__fixtures__/entity';
import { sourceLink } from './sourceLink';

function at(location: string) {
  return {
    ...ordersEntity,
    metadata: {
      name: 'orders',
      annotations: { 'backstage.io/source-location': location },
    },
  };
}

describe('sourceLink', () => {
  it.each([
    [
      'url:https://git.example.com/orders/tree/main/',
      'https://git.example.com/orders/tree/main/a%20b/ci.yml#L3',
    ],
    [
      'url:http://localhost:7007/api/local-git/repositories/orders/tree/main',
      'http://localhost:7007/api/local-git/repositories/orders/tree/main/a%20b/ci.yml#L3',
    ],
    [
      'url:https://git.example.com/orders/blob/main/catalog-info.yaml',
      'https://git.example.com/orders/blob/main/a%20b/ci.yml#L3',
    ],
  ])('joins %s with a file and its line', (location, address) => {
    expect(sourceLink(at(location), 'a b/ci.yml', 3)).toBe(address);
  });

  it('stays inside the repository', () => {
    expect(
      sourceLink(at('url:https://git.example.com/o/'), '../../etc/x'),
    ).toBe('https://git.example.com/o/etc/x');
  });

  it.each([
    'file:/home/ann/orders/',
    'url:javascript:alert(1)',
    'url:not an address',
    'url:https://dev.azure.example.com/o/_git/r?path=/',
  ])('gives nothing for %s', location => {
    expect(sourceLink(at(location), 'ci.yml')).toBeUndefined();
  });
});
