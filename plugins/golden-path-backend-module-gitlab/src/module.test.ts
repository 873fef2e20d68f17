import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  Forge,
  goldenPathChangeHostExtensionPoint,
  goldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { GitlabStandIn } from './__testUtils__/GitlabStandIn';
import gitlabModule from './index';

it('adds a forge and a change host for the hosts under integrations.gitlab', async () => {
  const gitlab = await GitlabStandIn.start();
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
      gitlabModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitlab: [
              {
                host: 'gitlab.example.com',
                apiBaseUrl: gitlab.apiBaseUrl,
                token: gitlab.token,
              },
            ],
          },
        },
      }),
    ],
  });
  try {
    expect(forges.map(({ id }) => id)).toEqual(['gitlab']);
    const url = 'https://gitlab.example.com/acme/web/shop';
    expect(forges[0].knows(url)).toBe(true);
    expect(hosts.map(({ id }) => id)).toEqual(['gitlab']);
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
      data: { system: 'gitlab', defaultBranch: 'main' },
    });
  } finally {
    await backend.stop();
    await gitlab.stop();
  }
});
