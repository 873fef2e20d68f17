import { templateManifestSchema } from '../model';
import { migrateValues } from './migrateValues';

const manifest = templateManifestSchema.parse({
  schemaVersion: 1,
  version: '1.10.0',
  defaults: { tier: 2 },
  migrations: [
    {
      version: '1.10.0',
      values: { move: { team: 'owner' }, set: { mode: 'new' } },
      moveFiles: { 'b.json': 'c.json' },
    },
    {
      version: '1.9.0',
      values: {
        move: { group: 'team' },
        map: { size: { small: 's', '1': 1 } },
        remove: ['old'],
      },
      moveFiles: { 'a.json': 'b.json' },
    },
    { version: '2.0.0', values: { set: { future: true } } },
  ],
});

describe('migrateValues', () => {
  it('applies what lies between, in the order of versions', () => {
    const { values, notices, moveFiles } = migrateValues({
      values: { group: 'a', size: 'small', old: 1, rest: [1] },
      manifest,
      from: '1.8.0',
    });
    expect(values).toEqual({ owner: 'a', size: 's', mode: 'new', rest: [1] });
    expect(moveFiles).toEqual({ 'a.json': 'c.json', 'b.json': 'c.json' });
    expect(notices.map(({ kind }) => kind)).toEqual(Array(5).fill('value'));
  });

  it('leaves out what the stamped version has behind it', () => {
    expect(
      migrateValues({ values: { size: 'small' }, manifest, from: '1.9.0' })
        .values,
    ).toEqual({ size: 'small', mode: 'new' });
  });

  it.each([
    ['the same version', '1.10.0', 0],
    ['a newer one', '3.0.0', 0],
    ['one that is none', 'unreleased', 1],
  ])('changes nothing from %s', (_, from, count) => {
    const values = { group: 'a', old: 1 };
    const migrated = migrateValues({ values, manifest, from });
    expect(migrated.values).toEqual(values);
    expect(migrated.notices).toHaveLength(count);
  });

  it('keeps an answer given under the new name', () => {
    const { values } = migrateValues({
      values: { team: 'old', owner: 'new' },
      manifest,
      from: '1.9.0',
    });
    expect(values.owner).toBe('new');
    expect(values).not.toHaveProperty('team');
  });
});
