import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import azureModule from './index';

it('adds a change host for what is under integrations.azure', async () => {
  const hosts: ChangeHost[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathChangeHostExtensionPoint,
        { addChangeHost: (host: ChangeHost) => hosts.push(host) },
      ],
    ],
    features: [
      azureModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            azure: [
              {
                host: 'dev.azure.com',
                credentials: [{ personalAccessToken: 'token' }],
              },
            ],
          },
        },
      }),
    ],
  });
  try {
    expect(hosts.map(({ id }) => id)).toEqual(['azure']);
    expect(hosts[0].knows('https://dev.azure.com/acme/web/_git/shop')).toBe(
      true,
    );
    expect(hosts[0].knows('https://example.com/acme/shop')).toBe(false);
  } finally {
    await backend.stop();
  }
});
