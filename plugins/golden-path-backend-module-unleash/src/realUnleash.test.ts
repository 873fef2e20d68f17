import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactCollectorResult } from '@goldenpath/backstage-plugin-golden-path-node';
import {
  collectorOf,
  observationOf,
  requestOf,
} from './__testUtils__/collectFlags';

jest.setTimeout(120_000);

type Collected = Extract<FactCollectorResult, { status: 'collected' }>;

const {
  GOLDEN_PATH_UNLEASH_URL: url,
  GOLDEN_PATH_UNLEASH_ADMIN_TOKEN: adminToken = '',
  GOLDEN_PATH_UNLEASH_CLIENT_TOKEN: clientToken = '',
} = process.env;
if (!url) {
  process.stderr.write(
    'Skipped: the test against a real Unleash needs its address in GOLDEN_PATH_UNLEASH_URL; `npm test -- unit` sets it\n',
  );
}

async function send(path: string, body?: object, token = adminToken) {
  const response = await fetch(`${url}/api/${path}`, {
    method: 'POST',
    headers: { Authorization: token, 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}

(url ? describe : describe.skip)('a real Unleash', () => {
  // The server outlives one run of this test
  const prefix = `pay-${randomUUID()}.`;
  const name = (key: string) => `${prefix}${key}`;
  const features = 'admin/projects/default/features';
  const production = (key: string) =>
    `${features}/${name(key)}/environments/production`;
  const roll = (percent: string, variants: object[] = []) => ({
    name: 'flexibleRollout',
    parameters: { rollout: percent, stickiness: 'default', groupId: 'g' },
    variants,
  });
  const variant = (key: string, weight: number, weightType: string) => ({
    ...{ name: key, weight, weightType, stickiness: 'default' },
  });

  const collect = async (
    annotations: Record<string, string>,
    previousEtag?: string,
    now?: () => Date,
  ) =>
    (await collectorOf({ url, token: adminToken }, { now }).collect(
      requestOf(annotations, { previousEtag }),
    )) as Collected;

  beforeAll(async () => {
    for (const [key, type] of [
      ['done', 'release'],
      ['half', 'experiment'],
      ['brake', 'kill-switch'],
      ['marked', 'operational'],
    ]) {
      await send(features, { name: name(key), type });
    }
    await send(`${production('done')}/strategies`, roll('100'));
    await send(`${production('done')}/on`);
    const split = [variant('a', 250, 'fix'), variant('b', 750, 'variable')];
    await send(`${production('half')}/strategies`, roll('50', split));
    await send(`${production('half')}/on`);
    await send('admin/projects/default/stale', {
      ...{ features: [name('marked')], stale: true },
    });
    await send(`admin/features/${name('half')}/tags`, {
      ...{ type: 'simple', value: prefix.slice(0, 40) },
    });
  });

  it('tells of flags made by its admin API: types, shares, marks', async () => {
    const result = await collect({ project: 'default', prefix });
    expect(result.data).toMatchObject({
      ...{ environment: 'production', active: 4, enabled: 2, marked: 1 },
      overdue: 0,
      stale: [{ key: name('marked'), type: 'operational', marked: true }],
    });
    const { observed } = observationOf(result);
    expect(
      observed.flags.map(({ key, type, variants }) => [key, type, variants]),
    ).toEqual([
      [name('brake'), 'kill-switch', [{ name: 'off', share: 1 }]],
      [name('done'), 'release', [{ name: 'on', share: 1 }]],
      [
        name('half'),
        'experiment',
        [
          { name: 'a', share: 0.125 },
          { name: 'b', share: 0.375 },
          { name: 'off', share: 0.5 },
        ],
      ],
      [name('marked'), 'operational', [{ name: 'off', share: 1 }]],
    ]);
    for (const { createdAt } of observed.flags) {
      expect(Date.parse(createdAt!)).toBeGreaterThan(Date.now() - 600_000);
    }
  });

  it('chooses by tag, and tells nothing anew until something changes', async () => {
    const byTag = { tag: `simple:${prefix.slice(0, 40)}` };
    const first = await collect(byTag);
    expect(first.data).toMatchObject({ active: 1 });
    expect(await collect(byTag, first.etag)).toEqual({ status: 'unchanged' });
    await send(`${production('half')}/off`);
    expect(await collect(byTag, first.etag)).toMatchObject({
      status: 'collected',
      data: { enabled: 0 },
    });
  });

  it('knows lifetimes by type: after 50 days the release flag is overdue, and unused when nobody asked for it', async () => {
    const now = new Date();
    await send(
      'client/metrics',
      {
        ...{ appName: 'pay', instanceId: 'test' },
        bucket: {
          start: new Date(now.getTime() - 1_000).toISOString(),
          stop: now.toISOString(),
          toggles: { [name('half')]: { yes: 3, no: 1, variants: { a: 3 } } },
        },
      },
      clientToken,
    );
    const later = () => new Date(now.getTime() + 50 * 86_400_000);
    const lastOf = (result: Collected) =>
      observationOf(result).observed.flags.find(
        ({ key }) => key === name('half'),
      )!.lastEvaluatedAt;
    let result = await collect({ prefix }, undefined, later);
    // Unleash writes down evaluations every half a minute
    for (let attempt = 0; attempt < 90 && !lastOf(result); attempt++) {
      await sleep(1_000);
      result = await collect({ prefix }, undefined, later);
    }
    expect(Date.parse(lastOf(result)!)).toBeGreaterThan(
      now.getTime() - 600_000,
    );
    expect(result.data).toMatchObject({ active: 4, overdue: 3 });
    const stale = (result.data as any).stale as { key: string }[];
    expect(stale.map(({ key }) => key)).toEqual(
      ['done', 'half', 'marked'].map(name),
    );
  });

  it('says what to do about a project that is not there and a token that may not read', async () => {
    await expect(collect({ project: 'nowhere' })).rejects.toThrow(
      /no project 'nowhere'/,
    );
    await expect(
      collectorOf({ url, token: clientToken }).collect(
        requestOf({ project: 'default' }),
      ),
    ).rejects.toThrow(/refused with 40[13]; set goldenPath\.unleash\.token/);
  });
});
