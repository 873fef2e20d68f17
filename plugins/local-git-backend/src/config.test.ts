import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readLocalGitSettings } from './config';

function read(localGit: JsonObject | undefined) {
  const backend = { baseUrl: 'http://localhost:7007/' };
  return readLocalGitSettings(
    new ConfigReader({ backend, ...(localGit && { localGit }) }),
  );
}

describe('readLocalGitSettings', () => {
  it('has defaults that keep the door closed', () => {
    expect(read({ enabled: true, directory: 'data/repositories' })).toEqual({
      directory: resolve('data/repositories'),
      allowRemote: false,
      maxPushBytes: 268435456,
      tokenTtl: 86_400_000,
      pluginUrl: 'http://localhost:7007/api/local-git',
    });
  });

  it.each([undefined, {}, { enabled: false, directory: 'x' }])(
    'is nothing for %j',
    localGit => {
      expect(read(localGit)).toBeUndefined();
    },
  );

  it('takes a life of tokens in every way durations are written', () => {
    const base = { enabled: true, directory: '/r' };
    expect(read({ ...base, tokenTtl: { minutes: 5 } })?.tokenTtl).toBe(300_000);
    expect(read({ ...base, tokenTtl: 'PT2H' })?.tokenTtl).toBe(7_200_000);
    expect(read({ ...base, tokenTtl: '3d' })?.tokenTtl).toBe(259_200_000);
  });

  it.each([
    [{ enabled: true }, /localGit.directory/],
    [{ enabled: true, directory: '/r', maxPushBytes: 0 }, /maxPushBytes/],
    [{ enabled: true, directory: '/r', maxPushBytes: 1.5 }, /maxPushBytes/],
    [{ enabled: true, directory: '/r', tokenTtl: 'PT0S' }, /tokenTtl/],
    [{ enabled: true, directory: '/r', tokenTtl: 'soon' }, /tokenTtl/],
    [{ enabled: 'yes please', directory: '/r' }, /localGit.enabled/],
  ])('refuses %j', (localGit, message) => {
    expect(() => read(localGit)).toThrow(message);
  });
});
