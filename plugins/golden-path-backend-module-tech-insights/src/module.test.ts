import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import techInsightsPlugin from '@backstage-community/plugin-tech-insights-backend';
import {
  FactRetriever,
  TechInsightFact,
  techInsightsFactRetrieversExtensionPoint,
} from '@backstage-community/plugin-tech-insights-node';
import {
  FactCollector,
  goldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import goldenPathModule from './index';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Times as Tech Insights takes them: it only asks a luxon DateTime for its ISO form. */
const at = (iso: string) =>
  ({ toISO: () => iso } as TechInsightFact['timestamp']);

const pay: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'Pay', namespace: 'shop' },
};
const entity = { kind: 'component', namespace: 'shop', name: 'pay' };

const retriever = (
  id: string,
  facts: Omit<TechInsightFact, 'entity'>[],
): FactRetriever => ({
  id,
  version: '1.0.0',
  schema: { owned: { type: 'boolean', description: 'It has an owner' } },
  handler: async () => facts.map(fact => ({ ...fact, entity })),
});

/** Tech Insights with some retrievers, each of which ran once, and the collector of the module. */
async function start(options: {
  retrievers?: FactRetriever[];
  config?: object;
  withoutTechInsights?: boolean;
}) {
  const { retrievers = [], config = {} } = options;
  const scheduler = mockServices.scheduler();
  const collectors: FactCollector[] = [];
  const backend: TestBackend = await startTestBackend({
    extensionPoints: [
      [
        goldenPathCollectorExtensionPoint,
        { addCollector: collector => collectors.push(collector) },
      ],
    ],
    features: [
      goldenPathModule,
      ...(options.withoutTechInsights
        ? []
        : [techInsightsPlugin, addRetrievers(retrievers)]),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.rootConfig.factory({
        data: {
          goldenPath: { techInsights: config },
          techInsights: {
            factRetrievers: Object.fromEntries(
              retrievers.map(({ id }) => [id, { cadence: '0 0 1 1 *' }]),
            ),
          },
        },
      }),
    ],
  });
  for (const { id } of retrievers) {
    await scheduler.triggerTask(id);
  }
  expect(collectors.map(({ id }) => id)).toEqual(['techInsights']);
  const collect = async (of: Entity = pay) =>
    collectors[0].collect({
      entity: of,
      signal: new AbortController().signal,
    });
  return { backend, collect };
}

function addRetrievers(retrievers: FactRetriever[]) {
  return createBackendModule({
    pluginId: 'tech-insights',
    moduleId: 'test-retrievers',
    register(env) {
      env.registerInit({
        deps: { factRetrievers: techInsightsFactRetrieversExtensionPoint },
        async init({ factRetrievers }) {
          factRetrievers.addFactRetrievers(
            Object.fromEntries(retrievers.map(item => [item.id, item])),
          );
        },
      });
    },
  });
}

it('gives the newest facts of each retriever, by a name that checks can write', async () => {
  const newest = ago(HOUR);
  const { backend, collect } = await start({
    retrievers: [
      retriever('ownership', [
        { facts: { owned: false }, timestamp: at(ago(5 * HOUR)) },
        { facts: { owned: true, count: 3 }, timestamp: at(newest) },
      ]),
      retriever('on-call', [
        { facts: { rota: ['a', 'b'] }, timestamp: at(newest) },
      ]),
    ],
  });
  expect(await collect()).toEqual({
    status: 'collected',
    data: {
      ownership: { owned: true, count: 3, observedAt: newest },
      on_call: { rota: ['a', 'b'], observedAt: newest },
      ids: { on_call: 'on-call' },
    },
    gaps: {},
  });
  await backend.stop();
});

it('leaves out what is too old, has no time or was never stored, and says so', async () => {
  const { backend, collect } = await start({
    retrievers: [
      retriever('fresh', [{ facts: { a: 1 }, timestamp: at(ago(HOUR)) }]),
      retriever('old', [
        { facts: { a: 1 }, timestamp: at(ago(8 * 24 * HOUR)) },
      ]),
      retriever('timeless', [{ facts: { a: 1 } }]),
      retriever('silent', []),
    ],
  });
  expect(await collect()).toEqual({
    status: 'collected',
    data: { fresh: { a: 1, observedAt: expect.any(String) } },
    gaps: {
      old: expect.stringMatching(/'old' are of .*older than .*maxAge/),
      timeless: expect.stringMatching(/does not say when .*'timeless'/),
      silent: expect.stringMatching(/'silent' has stored no facts/),
    },
  });
  await backend.stop();
});

it('reads only the retrievers of the configuration, up to the age it says', async () => {
  const { backend, collect } = await start({
    config: { retrievers: ['one'], maxAge: { days: 30 } },
    retrievers: [
      retriever('one', [
        { facts: { a: 1 }, timestamp: at(ago(8 * 24 * HOUR)) },
      ]),
      retriever('two', [{ facts: { a: 1 }, timestamp: at(ago(HOUR)) }]),
    ],
  });
  expect(await collect()).toMatchObject({
    data: { one: { a: 1 } },
    gaps: {},
  });
  expect((await collect()) as any).not.toHaveProperty('data.two');
  await backend.stop();
});

it('reads more retrievers than fit into one request', async () => {
  const { backend, collect } = await start({
    retrievers: Array.from({ length: 45 }, (_, index) =>
      retriever(`r${index}`, [{ facts: { index }, timestamp: at(ago(HOUR)) }]),
    ),
  });
  const result = await collect();
  expect(result).toMatchObject({
    data: { r0: { index: 0 }, r44: { index: 44 } },
    gaps: {},
  });
  await backend.stop();
});

it('has no fact of an entity that no retriever knows', async () => {
  const { backend, collect } = await start({
    retrievers: [
      retriever('fresh', [{ facts: { a: 1 }, timestamp: at(ago(HOUR)) }]),
    ],
  });
  expect(await collect({ ...pay, metadata: { name: 'other' } })).toMatchObject({
    status: 'absent',
    reason: expect.stringMatching(/no facts of this entity/),
  });
  await backend.stop();
});

it.each([[{}], [{ retrievers: ['one'] }]])(
  'is absent with the reason where there is no Tech Insights, with %j',
  async config => {
    const { backend, collect } = await start({
      config,
      withoutTechInsights: true,
    });
    expect(await collect()).toMatchObject({
      status: 'absent',
      reason: expect.stringMatching(/There is no Tech Insights/),
    });
    await backend.stop();
  },
);
