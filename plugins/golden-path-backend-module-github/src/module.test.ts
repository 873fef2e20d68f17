import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  Forge,
  goldenPathChangeHostExtensionPoint,
  goldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { GithubStandIn } from './__testUtils__/GithubStandIn';
import githubModule from './index';

it('adds a forge and a change host for the hosts under integrations.github', async () => {
  const github = await GithubStandIn.start();
  const forges: Forge[] = [];
  const hosts: ChangeHost[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathForgeExtensionPoint,
        { addForge: (forge: Forge) => forges.push(forge) },
      ],
      [
        goldenPathChangeHostExtensionPoint,
        { addChangeHost: (host: ChangeHost) => hosts.push(host) },
      ],
    ],
    features: [
      githubModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            github: [
              {
                host: 'ghe.example.com',
                apiBaseUrl: github.url,
                token: github.token,
              },
            ],
          },
        },
      }),
    ],
  });
  try {
    expect(forges.map(({ id }) => id)).toEqual(['github']);
    const url = 'https://ghe.example.com/acme/shop';
    expect(forges[0].knows(url)).toBe(true);
    expect(hosts.map(({ id }) => id)).toEqual(['github']);
    expect(hosts[0].knows(url)).toBe(true);
    await expect(
      forges[0].collect({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'shop' },
        },
        url,
        signal: new AbortController().signal,
      }),
    ).resolves.toMatchObject({
      status: 'collected',
      data: { system: 'github', defaultBranch: 'main' },
    });
  } finally {
    await backend.stop();
    await github.stop();
  }
});
