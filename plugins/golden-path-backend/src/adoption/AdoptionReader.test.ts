import { mockCredentials } from '@backstage/backend-test-utils';
import { UpdateRequest } from '@goldenpath/backstage-plugin-golden-path-common';
import { testDatabases } from '../__testUtils__/databases';
import { DriftLayerRow, DriftLayerStore } from '../database/DriftLayerStore';
import { TemplateReading } from '../drift/TemplateReader';
import { EntityAccess } from '../service/EntityAccess';
import { RegisteredVersion } from '../versions/TemplateVersions';
import { AdoptionReader } from './AdoptionReader';

jest.setTimeout(60_000);

const databases = testDatabases();
const TEMPLATE = 'template:default/node';
const OTHER_TEMPLATE = 'template:default/other';
const credentials = mockCredentials.user();

const row = (name: string, rest: Partial<DriftLayerRow>): DriftLayerRow => ({
  entity_ref: `component:default/${name}`,
  layer_id: 'service',
  template_ref: TEMPLATE,
  version: '1.0.0',
  input_digest: 'sha256:one',
  up_to_date: 0,
  drifted: 2,
  conflicts: 0,
  migrated: null,
  observed_at: '2026-11-21T00:00:00.000Z',
  ...rest,
});

const version = (
  number: string,
  inputDigest: string,
  firstSeenAt: string,
): RegisteredVersion => ({
  version: number,
  inputDigest,
  commit: null,
  url: 'https://example.com',
  origin: 'catalog',
  problem: null,
  firstSeenAt,
  lastSeenAt: firstSeenAt,
});

describe.each(databases.ids)('AdoptionReader on %p', (id: any) => {
  async function read(reading: TemplateReading, hidden: string[] = []) {
    const knex = await databases.open(id);
    await knex<DriftLayerRow>('drift_layers').insert([
      row('a', {}),
      row('b', { conflicts: 1, migrated: 0.5 }),
      row('c', { version: '1.1.0', input_digest: 'sha256:two', up_to_date: 1 }),
      row('d', { template_ref: OTHER_TEMPLATE }),
    ]);
    const reader = new AdoptionReader({
      layers: new DriftLayerStore({ knex }),
      access: {
        onlyVisible: async (rows: { entity_ref: string }[]) =>
          rows.filter(({ entity_ref }) => !hidden.includes(entity_ref)),
      } as unknown as EntityAccess,
      readTemplate: async () => reading,
      versions: async () => [
        version('1.1.0', 'sha256:three', '2026-11-20T00:00:00.000Z'),
        version('1.1.0', 'sha256:two', '2026-11-10T00:00:00.000Z'),
        version('1.0.0', 'sha256:one', '2026-11-01T00:00:00.000Z'),
      ],
      updates: async refs =>
        refs.includes('component:default/b')
          ? [
              {
                id: 'u',
                entityRef: 'component:default/b',
                layer: 'service',
              } as UpdateRequest,
            ]
          : [],
    });
    return reader.read(TEMPLATE, credentials);
  }
  const current = {
    status: 'read',
    template: { manifest: { version: '1.1.0' }, digest: 'sha256:three' },
  } as TemplateReading;

  it('counts services by what they were stamped with, and tells a version that was published twice', async () => {
    const adoption = await read(current);
    expect(adoption.newestVersion).toBe('1.1.0');
    expect(
      adoption.versions.map(
        ({ inputDigest, services, current: now, republished }) => [
          inputDigest,
          services,
          now,
          republished,
        ],
      ),
    ).toEqual([
      ['sha256:three', 0, true, true],
      ['sha256:two', 1, false, false],
      ['sha256:one', 2, false, false],
    ]);
    expect(adoption.items).toMatchObject([
      { entityRef: 'component:default/a', upToDate: false, migrated: null },
      { conflicts: 1, migrated: 0.5, update: { id: 'u' } },
      { version: '1.1.0', upToDate: true },
    ]);
  });

  it('leaves out what is hidden from the caller', async () => {
    const adoption = await read(current, ['component:default/a']);
    expect(adoption.items).toHaveLength(2);
    expect(JSON.stringify(adoption)).not.toContain('component:default/a');
    expect(adoption.versions[2].services).toBe(1);
  });

  it('says so when the template cannot be read now', async () => {
    await expect(
      read({ status: 'unreadable', reason: 'The forge is down' }),
    ).resolves.toMatchObject({
      newestVersion: null,
      reason: 'The forge is down',
      items: expect.arrayContaining([expect.anything()]),
    });
  });
});
