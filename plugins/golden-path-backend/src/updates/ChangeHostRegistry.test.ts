import { ChangeHost } from '@goldenpath/backstage-plugin-golden-path-node';
import { ChangeHostRegistry } from './ChangeHostRegistry';

function host(id: string, prefix: string): ChangeHost {
  return {
    id,
    noun: 'pull request',
    knows: url => url.startsWith(prefix),
    repository: () => Promise.reject(new Error('not used')),
    open: () => Promise.reject(new Error('not used')),
    state: () => Promise.reject(new Error('not used')),
  };
}

it('gives the first host that knows an address', () => {
  const hosts = new ChangeHostRegistry();
  hosts.addChangeHost(host('a', 'https://a.example/'));
  hosts.addChangeHost(host('any', 'https://'));
  expect(hosts.find('https://a.example/x/y')?.id).toBe('a');
  expect(hosts.find('https://b.example/x/y')?.id).toBe('any');
  expect(hosts.find('file:///x')).toBeUndefined();
});

it('refuses two hosts of one name', () => {
  const hosts = new ChangeHostRegistry();
  hosts.addChangeHost(host('a', 'https://a.example/'));
  expect(() => hosts.addChangeHost(host('a', 'https://b.example/'))).toThrow(
    "There is already a host of changes named 'a'",
  );
});
