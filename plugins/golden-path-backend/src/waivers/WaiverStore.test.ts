import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { WaiverRow } from '../database/tables';
import { WaiverStore } from './WaiverStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-21T12:00:00Z');
const today = '2026-11-21';

const row = (id: string, overrides: Partial<WaiverRow> = {}): WaiverRow => ({
  id,
  entity_ref: 'component:default/pay',
  path: null,
  check_id: 'A',
  reason: 'known',
  owner: 'group:default/team',
  expires: '2026-12-31',
  origin: 'request',
  status: 'approved',
  requested_by: 'user:default/ann',
  requested_at: '2026-11-01T00:00:00.000Z',
  decided_by: 'user:default/bob',
  decided_at: '2026-11-02T00:00:00.000Z',
  decision_note: null,
  open_key: null,
  in_file: null,
  ...overrides,
});

describe.each(databases.ids)('WaiverStore on %s', id => {
  let knex: Knex;
  let store: WaiverStore;
  const insert = (...rows: WaiverRow[]) => knex('waivers').insert(rows);

  beforeEach(async () => {
    knex = await databases.open(id);
    store = new WaiverStore({ knex });
  });

  it('finds what is in force: approved, and its day not ended', async () => {
    await insert(
      row('1', { path: 'service', expires: today }),
      row('2', { check_id: 'B', decided_by: null }),
      row('3', { expires: '2026-11-20' }),
      row('4', { status: 'pending' }),
      row('5', { status: 'revoked' }),
      row('6', { entity_ref: 'component:default/other' }),
    );
    const found = await store.inForce(
      ['component:default/pay', 'component:default/none'],
      now,
    );
    expect([...found]).toEqual([
      [
        'component:default/pay',
        [
          {
            goldenPath: 'service',
            waiver: {
              id: '1',
              check: 'A',
              reason: 'known',
              owner: 'group:default/team',
              expires: today,
              approvedBy: 'user:default/bob',
            },
          },
          {
            goldenPath: null,
            waiver: {
              id: '2',
              check: 'B',
              reason: 'known',
              owner: 'group:default/team',
              expires: '2026-12-31',
            },
          },
        ],
      ],
    ]);
  });

  it('asks once for a thousand entities, also within a transaction', async () => {
    const refs = Array.from(
      { length: 1000 },
      (_, n) => `component:default/${n}`,
    );
    await insert(row('1', { entity_ref: refs[999] }));
    const statements: string[] = [];
    knex.on('query', query => statements.push(query.sql));
    expect([...(await store.inForce(refs, now)).keys()]).toEqual([refs[999]]);
    expect(statements).toHaveLength(1);
    await knex.transaction(async transaction => {
      await transaction('waivers').update({ status: 'revoked' });
      expect(await store.inForce(refs, now, transaction)).toEqual(new Map());
    });
    expect(await store.inForce([], now)).toEqual(new Map());
  });

  it('finds what waits for a decision', async () => {
    await insert(
      row('1', { status: 'pending' }),
      row('2', { status: 'pending', expires: '2026-11-20' }),
      row('3'),
    );
    const found = await store.pendingFor('component:default/pay', now);
    expect(found.map(waiver => waiver.id)).toEqual(['1']);
  });

  it('lists and counts by each filter', async () => {
    await insert(
      row('1', { status: 'pending' }),
      row('2', { path: 'service', check_id: 'B', expires: '2026-11-20' }),
      row('3', { path: 'web', requested_at: '2026-11-03T00:00:00.000Z' }),
      row('4', {
        entity_ref: 'component:default/other',
        status: 'rejected',
        expires: '2026-01-01',
      }),
    );
    const ids = async (filter: object) => {
      const options = { filter: { today, ...filter } };
      const rows = await store.list(options);
      expect(await store.count(options.filter)).toBe(rows.length);
      return rows.map(waiver => waiver.id);
    };
    expect(await ids({})).toEqual(['3', '4', '2', '1']);
    expect(await ids({ entityRef: 'component:default/other' })).toEqual(['4']);
    expect(await ids({ path: 'service' })).toEqual(['4', '2', '1']);
    expect(await ids({ check: 'B' })).toEqual(['2']);
    expect(await ids({ status: 'pending' })).toEqual(['1']);
    expect(await ids({ status: 'approved' })).toEqual(['3']);
    expect(await ids({ status: 'expired' })).toEqual(['2']);
    expect(await ids({ status: 'rejected' })).toEqual(['4']);
  });

  it('pages without gaps or repeats among waivers of one instant', async () => {
    await insert(...['1', '2', '3', '4', '5'].map(name => row(name)));
    const filter = { today };
    const first = await store.list({ filter, limit: 2 });
    const { requested_at: at, id: last } = first[1];
    const rest = await store.list({ filter, before: { at, id: last } });
    expect([...first, ...rest].map(waiver => waiver.id)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ]);
  });

  it('keeps one of many equal requests made at once, and takes a new one once it is closed', async () => {
    const open_key = 'key';
    const ask = (name: string) =>
      store.insertRequest({ ...row(name, { status: 'pending' }), open_key });
    const kept = await Promise.all(['1', '2', '3', '4'].map(ask));
    expect(new Set(kept.map(waiver => waiver.id)).size).toBe(1);
    expect(await store.count({ today })).toBe(1);
    const decide = { waiver: kept[0], by: 'user:default/bob', note: null, now };
    expect(
      await store.transition({ ...decide, from: 'pending', to: 'approved' }),
    ).toBe(true);
    expect((await ask('5')).id).toBe(kept[0].id);
    expect(
      await store.transition({ ...decide, from: 'approved', to: 'revoked' }),
    ).toBe(true);
    expect((await ask('6')).id).toBe('6');
  });

  it('lets one of several deciders win, and none once its day has ended', async () => {
    await insert(
      row('1', { status: 'pending' }),
      row('2', { status: 'pending', expires: '2026-11-20' }),
    );
    const decide = (name: string, to: 'approved' | 'rejected', by: string) =>
      store.transition({
        waiver: { ...row(name) },
        from: 'pending',
        to,
        by,
        note: 'n',
        now,
      });
    const won = await Promise.all([
      decide('1', 'approved', 'user:default/a'),
      decide('1', 'rejected', 'user:default/b'),
      decide('1', 'approved', 'user:default/c'),
    ]);
    expect(won.filter(Boolean)).toHaveLength(1);
    const winner = ['a', 'b', 'c'][won.indexOf(true)];
    expect(await store.get('1')).toMatchObject({
      decided_by: `user:default/${winner}`,
      decided_at: now.toISOString(),
      decision_note: 'n',
    });
    expect(await decide('2', 'approved', 'user:default/a')).toBe(false);
  });

  it('withdraws what a newly approved waiver of a file takes the place of', async () => {
    const origin = 'file' as const;
    await insert(
      row('1', { origin }),
      row('2', { origin, status: 'pending', in_file: 1 }),
      row('3', { origin, check_id: 'B' }),
      row('4'),
      row('5', { origin, expires: '2026-11-20' }),
    );
    const waiver = (await store.get('2'))!;
    await store.transition({
      waiver,
      from: 'pending',
      to: 'approved',
      by: 'user:default/bob',
      note: null,
      now,
    });
    const rows: WaiverRow[] = await knex('waivers').orderBy('id');
    expect(rows.map(({ status }) => status)).toEqual([
      'withdrawn',
      'approved',
      'approved',
      'approved',
      'approved',
    ]);
    expect(rows[0].decision_note).toBe('Replaced by waiver 2');
  });
});
