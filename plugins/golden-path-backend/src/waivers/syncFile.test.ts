import { mockServices } from '@backstage/backend-test-utils';
import { Waiver } from '@goldenpath/engine';
import { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { WaiverRow } from '../database/tables';
import { WaiverConfig } from './config';
import { WaiverFileStore } from './WaiverFileStore';
import { WaiverService } from './WaiverService';
import { WaiverStore } from './WaiverStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const now = new Date('2026-11-21T12:00:00Z');
const entityRef = 'component:default/pay';
const waiver = (check: string, overrides: Partial<Waiver> = {}): Waiver => ({
  check,
  reason: 'known',
  owner: 'group:default/team',
  expires: '2026-12-31',
  ...overrides,
});

describe.each(databases.ids)('following a file on %s', id => {
  let knex: Knex;
  let store: WaiverStore;
  const succeeded = jest.fn();
  const failed = jest.fn();
  const createEvent = jest.fn();
  const onChanged = jest.fn();

  beforeEach(async () => {
    jest.resetAllMocks();
    createEvent.mockResolvedValue({ success: succeeded, fail: failed });
    knex = await databases.open(id);
    store = new WaiverStore({ knex });
  });

  const service = (approval: WaiverConfig['approval'] = 'required') =>
    new WaiverService({
      waivers: store,
      files: new WaiverFileStore({ knex }),
      access: undefined as never,
      paths: { covering: () => [] },
      auth: mockServices.auth(),
      permissions: mockServices.permissions.mock(),
      auditor: mockServices.auditor.mock({ createEvent }),
      config: { approval, allowSelfApproval: false, maxDays: 180 },
      onChanged,
    });
  const sync = (...waivers: Waiver[]) =>
    service().syncFile({ entityRef, waivers, now });
  const rows = (): Promise<WaiverRow[]> => knex('waivers').orderBy('id');
  const states = async () =>
    (await rows()).map(row => `${row.check_id} ${row.status}`);
  const inForce = async () =>
    ((await store.inForce([entityRef], now)).get(entityRef) ?? []).map(
      held => held.waiver.reason,
    );
  const approve = (row: WaiverRow) =>
    store.transition({
      waiver: row,
      from: 'pending',
      to: 'approved',
      by: 'user:default/bob',
      note: null,
      now,
    });

  it('writes nothing for a service that asks for nothing', async () => {
    expect(await sync()).toBe(false);
    expect(await sync({ ...waiver('A'), check: undefined, path: 'x' })).toBe(
      false,
    );
    expect(await knex('waiver_files')).toEqual([]);
    expect(createEvent).not.toHaveBeenCalled();
  });

  it('asks for a decision once, and reads one row while the file is the same', async () => {
    expect(await sync(waiver('A'), waiver('B'))).toBe(true);
    expect(await rows()).toMatchObject([
      {
        entity_ref: entityRef,
        path: null,
        check_id: 'A',
        origin: 'file',
        status: 'pending',
        requested_by: null,
        decided_by: null,
        decided_at: null,
      },
      { check_id: 'B' },
    ]);
    expect(await inForce()).toEqual([]);
    const statements: string[] = [];
    knex.on('query', query => statements.push(query.sql));
    expect(await sync(waiver('B'), waiver('A'))).toBe(false);
    expect(statements).toHaveLength(1);
    expect(createEvent).toHaveBeenCalledTimes(1);
  });

  it('approves what comes where approval is automatic', async () => {
    const waivers = [waiver('A'), waiver('B', { expires: '2999-01-01' })];
    await service('automatic').syncFile({ entityRef, waivers, now });
    expect(await rows()).toMatchObject([
      { status: 'approved', decided_by: null, decided_at: now.toISOString() },
      {
        status: 'rejected',
        decision_note: expect.stringMatching('2027-05-20'),
      },
    ]);
  });

  it('approves what waited once approval becomes automatic', async () => {
    await sync(waiver('A'));
    await service('automatic').syncFile({
      entityRef,
      waivers: [waiver('A')],
      now,
    });
    expect(await inForce()).toEqual(['known']);
  });

  it('keeps what holds until its change is approved', async () => {
    await sync(waiver('A'));
    await approve((await rows())[0]);
    await sync(waiver('A', { reason: 'changed' }));
    expect(await inForce()).toEqual(['known']);
    await approve((await rows())[1]);
    expect(await states()).toEqual(['A withdrawn', 'A approved']);
    expect(await inForce()).toEqual(['changed']);
  });

  it('shortens at once, and withdraws what is taken out', async () => {
    await sync(waiver('A'), waiver('B'));
    await approve((await rows())[0]);
    await sync(waiver('A', { expires: '2026-12-01' }), waiver('B'));
    expect(await rows()).toMatchObject([
      {
        status: 'approved',
        expires: '2026-12-01',
        decided_by: 'user:default/bob',
      },
      { status: 'pending', expires: '2026-12-31' },
    ]);
    expect(await sync()).toBe(true);
    expect(await states()).toEqual(['A withdrawn', 'B withdrawn']);
    expect(await inForce()).toEqual([]);
    expect(await sync()).toBe(false);
    await sync(waiver('A'));
    expect(await states()).toEqual(['A withdrawn', 'B withdrawn', 'A pending']);
  });

  it('leaves what was rejected or revoked alone while the file says the same', async () => {
    await sync(waiver('A'));
    const [row] = await rows();
    const decision = { waiver: row, by: 'user:default/bob', note: null, now };
    await store.transition({ ...decision, from: 'pending', to: 'rejected' });
    await sync(waiver('A'), waiver('B'));
    expect(await states()).toEqual(['A rejected', 'B pending']);
    await sync(waiver('A', { reason: 'changed' }), waiver('B'));
    expect(await states()).toEqual(['A rejected', 'B pending', 'A pending']);
  });

  it('comes to one end when several evaluations follow a file at once', async () => {
    const syncs = await Promise.all([1, 2, 3, 4].map(() => sync(waiver('A'))));
    expect(syncs.filter(Boolean)).toHaveLength(1);
    expect(await states()).toEqual(['A pending']);
    const both = [waiver('A'), waiver('B')];
    const more = await Promise.all([1, 2, 3, 4].map(() => sync(...both)));
    expect(more.filter(Boolean)).toHaveLength(1);
    expect(await states()).toEqual(['A pending', 'B pending']);
  });

  it('and a decision at once leave one waiver a check open', async () => {
    for (const reason of 'abcdefghijkl') {
      await sync(waiver('A', { reason }));
      const asked = (await rows()).find(row => row.reason === reason)!;
      const [approved] = await Promise.all([
        approve(asked),
        sync(waiver('A', { reason: `${reason} changed` })),
      ]);
      const open = (await rows()).map(row => row.status);
      expect(open.filter(status => status === 'pending')).toHaveLength(1);
      const held = await inForce();
      expect(held.length).toBeLessThanOrEqual(1);
      expect(held.includes(reason)).toBe(approved);
    }
  });

  it('is undone with the transaction it is part of', async () => {
    await expect(
      knex.transaction(async transaction => {
        await service().syncFile({
          entityRef,
          waivers: [waiver('A')],
          now,
          transaction,
        });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await rows()).toEqual([]);
    expect(await sync(waiver('A'))).toBe(true);
  });

  it('leaves a record of what it changed, or of why it could not', async () => {
    await sync(waiver('A'));
    expect(createEvent).toHaveBeenCalledWith({
      eventId: 'waiver-file',
      severityLevel: 'medium',
      meta: { entityRef },
    });
    const [{ id: waiverId }] = await rows();
    expect(succeeded).toHaveBeenCalledWith({
      meta: { changes: [{ id: waiverId, check: 'A', change: 'pending' }] },
    });
    expect(onChanged).not.toHaveBeenCalled();
    await knex.schema.renameTable('waivers', 'away');
    await expect(sync()).rejects.toThrow();
    expect(failed).toHaveBeenCalledTimes(1);
  });
});
