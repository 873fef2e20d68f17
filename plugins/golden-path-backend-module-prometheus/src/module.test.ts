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

it('collects slo where a Prometheus is configured, and leaves the place free elsewhere', async () => {
  const prometheus = [{ name: 'main', url: 'http://127.0.0.1:9090' }];
  expect(await collectorsWith({ prometheus })).toEqual(['slo']);
  expect(await collectorsWith({})).toEqual([]);
});
