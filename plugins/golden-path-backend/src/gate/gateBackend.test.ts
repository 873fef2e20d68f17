import { GateDecision } from '@goldenpath/engine';
import Knex from 'knex';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FakeRepositories } from '../__testUtils__/fakeRepositories';
import {
  PATH_TEXT,
  serviceEntity,
  serviceUrl,
  teamEntity,
} from '../__testUtils__/fixtures';
import { FakeCatalog, startBackend } from '../__testUtils__/startBackend';
import { migrate } from '../database/migrations';

jest.setTimeout(60_000);

const REF = 'component:default/pay';

const measured = (remaining: number) => ({
  context: {
    specversion: '0.5.1',
    id: `slo-${remaining}`,
    source: '/prometheus',
    type: 'dev.cdeventsx.goldenpath-slo.measured.0.1.0',
    timestamp: new Date(Date.now() - 60_000).toISOString(),
  },
  subject: {
    id: 'availability',
    source: '/prometheus',
    content: {
      environment: { id: 'production' },
      objective: { name: 'availability', target: 0.999, periodDays: 28 },
      windows: [300, 1_800, 3_600, 21_600, 86_400, 259_200, 2_419_200].map(
        seconds => ({
          seconds,
          valid: seconds,
          bad: seconds === 2_419_200 ? (1 - remaining) * 2_419.2 : 0,
        }),
      ),
    },
  },
  customData: { goldenPath: { entityRef: REF } },
});

it('decides in a whole backend by what events and the repository tell', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'golden-path-gate-'));
  const file = path.join(folder, 'path.yaml');
  await fs.writeFile(
    file,
    `${PATH_TEXT}  gate: { errorBudget: {}, nearExhaustion: { slow: { hours: 2 } } }\n`,
  );
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await migrate(knex);
  const catalog = new FakeCatalog();
  catalog.set(teamEntity, serviceEntity('pay'));
  const repositories = new FakeRepositories();
  repositories.push(serviceUrl('pay'), { 'golden-path.yaml': 'tier: 1\n' });
  const app = await startBackend({
    ...{ knex, catalog, repositories, paths: [file] },
  });
  const ask = async (sha: string): Promise<GateDecision> => {
    const { status, body } = await app.post('/gate', { entityRef: REF, sha });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  try {
    await app.reconcile();
    expect(await ask('aaaaaaa')).toMatchObject({
      verdict: 'unknown',
      proceed: true,
      policy: { path: 'service', version: '1.0.0' },
    });

    expect((await app.post('/events', measured(0.6))).status).toBe(202);
    await app.settle();
    const allowed = await ask('bbbbbbb');
    expect(allowed).toMatchObject({ verdict: 'allow', proceed: true });
    expect(allowed.rules).toContainEqual(
      expect.objectContaining({
        rule: 'slow',
        reason: 'Releases of tier 1 are not slowed down',
      }),
    );

    expect((await app.post('/events', measured(-0.25))).status).toBe(202);
    await app.settle();
    const blocked = await ask('bbbbbbb');
    expect(blocked).toMatchObject({
      verdict: 'block',
      proceed: false,
      requirements: ['progressive-delivery'],
    });
    expect(blocked.rules[0]).toMatchObject({
      rule: 'errorBudget',
      evidence: expect.arrayContaining(['slo--0.25']),
      wayOut: expect.stringContaining('Nothing burns at present: it is back'),
    });
    const { body: timeline } = await app.get(
      '/entities/component/default/pay/timeline',
    );
    expect(
      timeline.items
        .filter((item: any) => item.kind === 'gate')
        .map((item: any) => [item.outcome, item.sha]),
    ).toEqual([
      ['unknown', 'aaaaaaa'],
      ['allow', 'bbbbbbb'],
      ['block', 'bbbbbbb'],
    ]);
  } finally {
    await app.backend.stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
});
