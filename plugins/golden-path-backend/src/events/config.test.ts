import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readIngestConfig } from './config';

const read = (goldenPath?: JsonObject) =>
  readIngestConfig(mockServices.rootConfig({ data: { goldenPath } as any }));

it('has defaults', () => {
  expect(read()).toEqual({
    environments: {},
    eventDays: 730,
    topics: ['golden-path.cdevents'],
    webhooks: {},
    costTag: 'service',
  });
});

it('reads senders with their secrets', () => {
  expect(
    read({
      webhooks: {
        github: {
          secrets: [{ secret: 'a', validUntil: '2027-01-31' }, { secret: 'b' }],
          entityRef: 'component:default/pay',
          environments: { production: ['eu-*'] },
        },
      },
    }).webhooks,
  ).toEqual({
    github: {
      secrets: [
        { secret: 'a', validUntil: new Date('2027-01-31T00:00:00Z') },
        { secret: 'b', validUntil: undefined },
      ],
      entityRef: 'component:default/pay',
      environments: { production: ['eu-*'] },
    },
  });
});

it.each<[string, JsonObject, RegExp]>([
  [
    'events kept for too short a time',
    { history: { eventDays: 270 } },
    /^goldenPath.history.eventDays must be .* at least 271.* is 270$/,
  ],
  [
    'an end that is no date',
    {
      webhooks: { github: { secrets: [{ secret: 'hush', validUntil: 'x' }] } },
    },
    /^goldenPath.webhooks.github.secrets\[0\].validUntil must be a date/,
  ],
  [
    'an empty name of an environment',
    { health: { environments: { production: [' '] } } },
    /^goldenPath.health.environments.production.0 must not be empty/,
  ],
  [
    'an entity that is none',
    { webhooks: { github: { entityRef: 'a:b:c:d/' } } },
    /^goldenPath.webhooks.github.entityRef must be an entity reference/,
  ],
])('refuses %s', (_name, config, message) => {
  expect(() => read(config)).toThrow(message);
});
