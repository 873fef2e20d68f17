import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ChangeHost,
  goldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import bitbucketModule from './index';

it('adds a change host for what is under integrations.bitbucketCloud', async () => {
  const hosts: ChangeHost[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathChangeHostExtensionPoint,
        { addChangeHost: (host: ChangeHost) => hosts.push(host) },
      ],
    ],
    features: [
      bitbucketModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            bitbucketCloud: [{ username: 'bot@example.com', token: 'token' }],
          },
        },
      }),
    ],
  });
  try {
    expect(hosts.map(({ id }) => id)).toEqual(['bitbucket-cloud']);
    expect(hosts[0].knows('https://bitbucket.org/acme/shop')).toBe(true);
    expect(hosts[0].knows('https://example.com/acme/shop')).toBe(false);
  } finally {
    await backend.stop();
  }
});
