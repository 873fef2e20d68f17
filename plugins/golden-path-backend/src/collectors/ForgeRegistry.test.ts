import { Forge } from '@goldenpath/backstage-plugin-golden-path-node';
import { ForgeRegistry } from './ForgeRegistry';

function forge(id: string, host: string): Forge {
  return {
    id,
    knows: url => new URL(url).host === host,
    collect: async () => ({ status: 'absent', reason: id }),
  };
}

it('finds the forge that knows a URL, the one added first of several', () => {
  const forges = new ForgeRegistry();
  const first = forge('github', 'github.com');
  forges.addForge(first);
  forges.addForge(forge('mirror', 'github.com'));
  forges.addForge(forge('gitlab', 'gitlab.com'));
  expect(forges.find('https://github.com/acme/shop')).toBe(first);
  expect(forges.find('https://gitlab.com/acme/shop')?.id).toBe('gitlab');
  expect(forges.find('https://example.com/acme/shop')).toBeUndefined();
});

it('refuses two forges of one name', () => {
  const forges = new ForgeRegistry();
  forges.addForge(forge('github', 'github.com'));
  expect(() => forges.addForge(forge('github', 'ghe.example.com'))).toThrow(
    "There is already a forge 'github'",
  );
});
