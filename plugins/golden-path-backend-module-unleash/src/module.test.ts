import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  FactCollector,
  goldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import goldenPathModule from './index';

async function collectorsWith(goldenPath: object) {
  const collectors: FactCollector[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathCollectorExtensionPoint,
        { addCollector: collector => collectors.push(collector) },
      ],
    ],
    features: [
      goldenPathModule,
      mockServices.rootConfig.factory({ data: { goldenPath } as any }),
    ],
  });
  await backend.stop();
  return collectors.map(({ id }) => id);
}

it('collects flags where an Unleash is configured, and leaves the place free elsewhere', async () => {
  const unleash = { url: 'http://127.0.0.1:4242', token: 'user:t' };
  expect(await collectorsWith({ unleash })).toEqual(['flags']);
  expect(await collectorsWith({})).toEqual([]);
});
