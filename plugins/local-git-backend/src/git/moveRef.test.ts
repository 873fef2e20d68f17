import {
  commitFiles,
  makeCheckout,
  makeFolder,
  mustGit,
} from '../__testUtils__/gitClient';
import { moveRef } from './moveRef';

jest.setTimeout(30_000);

describe('moveRef', () => {
  it('moves, makes and deletes a ref only where it was looked at', async () => {
    const checkout = await makeCheckout();
    const first = await commitFiles(checkout, { 'a.txt': '1' });
    const second = await commitFiles(checkout, { 'a.txt': '2' });
    const ref = 'refs/heads/x';
    const folder = {
      directory: await makeFolder(),
      gitDir: `${checkout}/.git`,
    };
    const move = (options: { from?: string | null; to: string | null }) =>
      moveRef({ ...folder, ref, ...options });
    const at = () =>
      mustGit(checkout, ['for-each-ref', '--format=%(objectname)', ref]);

    expect(await move({ from: second, to: first })).toBe(false);
    expect(await at()).toBe('');
    expect(await move({ from: null, to: first })).toBe(true);
    expect(await move({ from: null, to: second })).toBe(false);
    expect(await move({ from: second, to: second })).toBe(false);
    expect(await move({ from: second, to: null })).toBe(false);
    expect(await at()).toBe(first);
    expect(await move({ from: first, to: second })).toBe(true);
    expect(await at()).toBe(second);
    expect(await move({ to: first })).toBe(true);
    expect(await move({ from: first, to: null })).toBe(true);
    expect(await at()).toBe('');
    await expect(move({ to: '0123'.repeat(10) })).rejects.toThrow(/git failed/);
  });
});
