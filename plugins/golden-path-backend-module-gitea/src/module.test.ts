import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import giteaModule from './index';

it('adds a change host for what is under integrations.gitea', async () => {
  const hosts: ChangeHost[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathChangeHostExtensionPoint,
        { addChangeHost: (host: ChangeHost) => hosts.push(host) },
      ],
    ],
    features: [
      giteaModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitea: [{ host: 'gitea.example.com', password: 'token' }],
          },
        },
      }),
    ],
  });
  try {
    expect(hosts.map(({ id }) => id)).toEqual(['gitea']);
    expect(hosts[0].knows('https://gitea.example.com/acme/shop')).toBe(true);
    expect(hosts[0].knows('https://example.com/acme/shop')).toBe(false);
  } finally {
    await backend.stop();
  }
});
