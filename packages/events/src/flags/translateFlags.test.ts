import fs from 'node:fs';
import path from 'node:path';
import { type FlagsEvent, parseDeliveryEvent } from '@goldenpath/engine';
import { TranslationError } from '../translationError';
import { type FlagsInput, translateFlags } from './translateFlags';

const AT = new Date('2026-11-21T10:00:00Z');

const translate = (
  provider: FlagsInput['provider'],
  document: unknown,
  more: Partial<FlagsInput> = {},
) =>
  translateFlags({
    ...{ provider, document, entityRef: 'component:default/pay', at: AT },
    ...{ environment: 'production', ...more },
  });

const flagsOf = (...args: Parameters<typeof translate>) =>
  (parseDeliveryEvent(translate(...args).events[0]) as FlagsEvent).observed
    .flags;

const fixture = (name: string) =>
  JSON.parse(
    fs.readFileSync(path.join(__dirname, '__fixtures__', name), 'utf8'),
  );

describe('Unleash', () => {
  const feature = (environment: object, more: object = {}) => ({
    ...{ name: 'new-checkout', type: 'release', stale: false },
    createdAt: '2026-09-01T10:00:00.000Z',
    environments: [
      { name: 'development', enabled: true },
      { name: 'production', enabled: true, ...environment },
    ],
    ...more,
  });
  const variantsOf = (environment: object) =>
    flagsOf('unleash', { features: [feature(environment)] })[0].variants;
  const rollout = (percent: string, more: object = {}) => ({
    name: 'flexibleRollout',
    parameters: { rollout: percent, stickiness: 'default' },
    ...{ constraints: [], segments: [], variants: [], ...more },
  });

  it('is read as a server answers a search, with the strategies of its export', () => {
    const document = {
      ...fixture('unleash_8.2.0_export.json'),
      features: fixture('unleash_8.2.0_search.json').features,
    };
    const { events, skipped } = translate('unleash', document);
    expect(parseDeliveryEvent(events[0])).toMatchObject({
      ...{ kind: 'flags-observed', environment: 'production', at: AT },
      observed: {
        provider: 'unleash',
        flags: [
          {
            ...{ key: 'checkout.new', type: 'release', enabled: true },
            createdAt: '2026-11-21T22:21:47.027Z',
            lastEvaluatedAt: '2026-11-21T22:22:53.840Z',
            variants: [
              { name: 'a', share: 0.5 },
              { name: 'b', share: 0.5 },
            ],
          },
          {
            ...{ key: 'checkout.kill', type: 'kill-switch', enabled: false },
            variants: [{ name: 'off', share: 1 }],
          },
        ],
      },
    });
    expect(skipped).toEqual([]);
  });

  it('is read as an export alone, which does not tell of ages', () => {
    expect(flagsOf('unleash', fixture('unleash_8.2.0_export.json'))).toEqual([
      expect.objectContaining({ key: 'checkout.kill', enabled: false }),
      expect.not.objectContaining({ createdAt: expect.anything() }),
    ]);
  });

  it.each([
    ['off', { enabled: false, strategies: [rollout('100')] }, { off: 1 }],
    ['on without a strategy', { strategies: [] }, { on: 1 }],
    ['on for everybody', { strategies: [rollout('100')] }, { on: 1 }],
    [
      'on by the default strategy',
      { strategies: [{ name: 'default' }] },
      { on: 1 },
    ],
    ['on for some', { strategies: [rollout('25')] }, { on: 0.25, off: 0.75 }],
    ['on for nobody', { strategies: [rollout('0')] }, undefined],
    [
      'on by a strategy that is disabled',
      { strategies: [rollout('100', { disabled: true })] },
      { off: 1 },
    ],
    [
      'split by the strategy',
      {
        strategies: [
          rollout('50', { variants: [{ name: 'a', weight: 1000 }] }),
        ],
      },
      { a: 0.5, off: 0.5 },
    ],
    [
      'on for some and for everybody',
      { strategies: [rollout('10'), rollout('100')] },
      { on: 1 },
    ],
  ])('tells the shares of a flag that is %s', (_what, environment, shares) => {
    const variants = variantsOf(environment);
    const told = Object.fromEntries(
      (variants ?? []).map(({ name, share }) => [name, share]),
    );
    expect(told).toEqual(shares ?? { on: 0, off: 1 });
  });

  it.each([
    ['strategies are not told', {}],
    [
      'a constraint decides',
      { strategies: [rollout('100', { constraints: [{}] })] },
    ],
    ['a segment decides', { strategies: [rollout('100', { segments: [1] })] }],
    ['users are named', { strategies: [{ name: 'userWithId' }] }],
    ['the rollout is unreadable', { strategies: [rollout('some')] }],
    [
      'two strategies reach some',
      { strategies: [rollout('10'), rollout('20')] },
    ],
    [
      'two strategies give other variants',
      {
        strategies: [
          rollout('10', { variants: [{ name: 'a', weight: 1000 }] }),
          rollout('100'),
        ],
      },
    ],
    [
      'somebody gets a variant by name',
      {
        strategies: [
          rollout('100', {
            variants: [{ name: 'a', weight: 1000, overrides: [{}] }],
          }),
        ],
      },
    ],
  ])('tells no shares where %s', (_what, environment) => {
    expect(variantsOf(environment)).toBeUndefined();
  });

  it('maps types, and takes one that is not known for a release', () => {
    const types = [
      'experiment',
      'operational',
      'kill-switch',
      'permission',
      'sunset',
    ];
    const features = types.map(type => feature({}, { type, name: type }));
    expect(flagsOf('unleash', { features }).map(({ type }) => type)).toEqual([
      ...types.slice(0, -1),
      'release',
    ]);
  });

  it('keeps what is stale and archived', () => {
    const features = [
      feature({}, { stale: true, archivedAt: '2026-10-01T10:00:00Z' }),
    ];
    expect(flagsOf('unleash', { features })[0]).toMatchObject({
      stale: true,
      archived: true,
    });
  });

  it('leaves out what the environment does not have, and says so', () => {
    const { events, skipped } = translate(
      'unleash',
      { features: [feature({})] },
      { environment: 'staging' },
    );
    expect(events[0].subject.content.flags).toEqual([]);
    expect(skipped).toEqual([
      { what: 'new-checkout', reason: expect.stringMatching(/'staging'/) },
    ]);
  });
});

describe('flagd', () => {
  const definition = (more: object = {}) => ({
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'on',
    ...more,
  });
  const one = (more: object) =>
    flagsOf('flagd', { flags: { flag: definition(more) } })[0];

  it('reads the definitions of the templates', () => {
    const file = path.join(
      ...[__dirname, '../../../../templates/node-service/skeleton/flags'],
      'flags.json',
    );
    const document = JSON.parse(fs.readFileSync(file, 'utf8'));
    expect(flagsOf('flagd', document)).toEqual([
      {
        ...{ key: 'time-of-day-greeting', type: 'release', enabled: true },
        ...{ stale: false, archived: false },
        variants: [{ name: 'off', share: 1 }],
      },
      {
        ...{ key: 'greetings-enabled', type: 'kill-switch', enabled: true },
        ...{ stale: false, archived: false },
        variants: [{ name: 'on', share: 1 }],
      },
    ]);
  });

  it('takes what is disabled for off, and settles nothing that is targeted or left to the code', () => {
    expect(one({ state: 'DISABLED' })).toMatchObject({
      enabled: false,
      variants: [{ name: 'off', share: 1 }],
    });
    expect(one({ targeting: {} }).variants).toEqual([{ name: 'on', share: 1 }]);
    const targeting = {
      if: [{ '==': [{ var: 'tier' }, 'beta'] }, 'on', 'off'],
    };
    expect(one({ targeting })).not.toHaveProperty('variants');
    expect(one({ defaultVariant: null })).not.toHaveProperty('variants');
  });

  it('reads the metadata of a flag before that of the set', () => {
    const document = {
      metadata: { type: 'experiment', createdAt: '2026-01-01T00:00:00Z' },
      flags: {
        a: definition(),
        b: definition({
          metadata: { type: 'permission', createdAt: 'spring', stale: true },
        }),
      },
    };
    expect(flagsOf('flagd', document)).toEqual([
      expect.objectContaining({
        ...{ type: 'experiment', createdAt: '2026-01-01T00:00:00Z' },
        stale: false,
      }),
      expect.objectContaining({ type: 'permission', stale: true }),
    ]);
  });
});

it('is the same event when read again at the same time', () => {
  const document = { features: [] };
  const of = (more: Partial<FlagsInput> = {}) =>
    translate('unleash', document, more).events[0].context;
  expect(of()).toEqual(of());
  expect(of({ at: new Date('2026-11-22T10:00:00Z') }).id).not.toBe(of().id);
  expect(of({ source: 'https://flags.example.com' }).source).toBe(
    'https://flags.example.com',
  );
});

it.each([
  ['no features', 'unleash', { flags: {} }, /Unleash features: features/],
  [
    'a time that is none',
    'unleash',
    { features: [{ name: 'a', createdAt: 'spring' }] },
    /features\.0\.createdAt: must be a date and time/,
  ],
  ['no definitions', 'flagd', { features: [] }, /flagd definitions: flags/],
  [
    'another state',
    'flagd',
    { flags: { a: { state: 'ON', variants: {} } } },
    /flags\.a\.state/,
  ],
  [
    'too many flags',
    'unleash',
    {
      features: Array.from({ length: 5_001 }, (_, index) => ({
        name: `f${index}`,
        environments: [{ name: 'production', enabled: true }],
      })),
    },
    /5001; at most 5000/,
  ],
] as const)(
  'refuses %s, naming the field',
  (_what, provider, document, message) => {
    expect(() => translate(provider, document)).toThrow(TranslationError);
    expect(() => translate(provider, document)).toThrow(message);
  },
);
