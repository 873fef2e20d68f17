import { WaiverRow } from '../database/tables';
import {
  askedInFile,
  AskedInFile,
  digestOfAsked,
  FileUpdate,
  planFile,
} from './fileWaivers';

const rules = {
  approval: 'required' as const,
  maxDays: 180,
  now: new Date('2026-11-21T12:00:00Z'),
};
const automatic = { ...rules, approval: 'automatic' as const };

const asked = (overrides: Partial<AskedInFile> = {}): AskedInFile => ({
  check: 'A',
  reason: 'known',
  owner: 'group:default/team',
  expires: '2026-12-31',
  ...overrides,
});

const row = (id: string, overrides: Partial<WaiverRow> = {}): WaiverRow => ({
  id,
  entity_ref: 'component:default/pay',
  path: null,
  check_id: 'A',
  reason: 'known',
  owner: 'group:default/team',
  expires: '2026-12-31',
  origin: 'file',
  status: 'approved',
  requested_by: null,
  requested_at: '2026-11-01T00:00:00.000Z',
  decided_by: null,
  decided_at: null,
  decision_note: null,
  open_key: null,
  in_file: 1,
  ...overrides,
});

const brief = (updates: FileUpdate[]) =>
  updates.map(({ id, change, set }) => ({ id, change, ...set }));

describe('what a file asks for', () => {
  const waiver = asked();

  it('is one waiver a check, the one that lasts longest, whatever their order', () => {
    const longer = asked({ expires: '2027-01-01' });
    const other = asked({ check: 'B' });
    expect(askedInFile([longer, other, waiver])).toEqual([longer, other]);
    expect(askedInFile([waiver, longer, other])).toEqual([longer, other]);
  });

  it('leaves out file paths, and ids that no check has', () => {
    const { check: _, ...rest } = waiver;
    expect(
      askedInFile([
        { ...rest, path: 'Dockerfile' },
        asked({ check: 'x'.repeat(64) }),
      ]),
    ).toEqual([]);
  });

  it('holds no NUL', () => {
    expect(askedInFile([asked({ reason: 'a\0b' })])).toEqual([
      asked({ reason: 'a\uFFFDb' }),
    ]);
  });

  it('has one digest, whatever its order, and another with anything else', () => {
    const digest = (...items: AskedInFile[]) =>
      digestOfAsked(askedInFile(items), 'required');
    const other = asked({ check: 'B' });
    expect(digest(waiver, other)).toBe(digest(other, waiver));
    expect(digest(waiver)).not.toBe(digest(asked({ reason: 'else' })));
    expect(digest(waiver)).not.toBe(digestOfAsked([waiver], 'automatic'));
  });
});

describe('a waiver that is new in the file', () => {
  it('waits for a decision, or is approved where that is automatic', () => {
    expect(planFile([], [asked()], rules)).toEqual({
      updates: [],
      inserts: [{ asked: asked(), status: 'pending', note: null }],
    });
    expect(planFile([], [asked()], automatic).inserts).toMatchObject([
      { status: 'approved' },
    ]);
  });

  it('is refused with the latest day when it lasts too long, even where approval is automatic', () => {
    const latest = asked({ expires: '2027-05-20' });
    expect(planFile([], [latest], automatic).inserts).toMatchObject([
      { status: 'approved' },
    ]);
    const later = asked({ expires: '2027-05-21' });
    expect(planFile([], [later], automatic).inserts).toEqual([
      {
        asked: later,
        status: 'rejected',
        note: expect.stringMatching(/180 days: put 2027-05-20/),
      },
    ]);
  });

  it('asks for nothing when it is over', () => {
    expect(
      planFile([], [asked({ expires: '2026-11-20' })], automatic).inserts,
    ).toEqual([]);
    expect(
      planFile([], [asked({ expires: '2026-11-21' })], rules).inserts,
    ).toHaveLength(1);
  });
});

describe('a waiver that is in the file as before', () => {
  it.each(['pending', 'approved', 'rejected', 'revoked'] as const)(
    'stays %s',
    status => {
      expect(planFile([row('a', { status })], [asked()], rules)).toEqual({
        updates: [],
        inserts: [],
      });
    },
  );

  it('is approved once approval is automatic, and takes the place of what held', () => {
    const rows = [
      row('a', { status: 'pending' }),
      row('b', { in_file: null, reason: 'old' }),
    ];
    expect(brief(planFile(rows, [asked()], automatic).updates)).toEqual([
      { id: 'b', change: 'withdrawn', status: 'withdrawn', in_file: null },
      {
        id: 'a',
        change: 'approved',
        status: 'approved',
        in_file: 1,
        expires: '2026-12-31',
      },
    ]);
    expect(
      planFile([row('a', { status: 'rejected' })], [asked()], automatic)
        .updates,
    ).toEqual([]);
  });
});

describe('a waiver that changed in the file', () => {
  it.each(['pending', 'approved'] as const)(
    'ends earlier without a decision when %s',
    status => {
      const plan = planFile(
        [row('a', { status })],
        [asked({ expires: '2026-12-01' })],
        rules,
      );
      expect(brief(plan.updates)).toEqual([
        { id: 'a', change: 'shortened', in_file: 1, expires: '2026-12-01' },
      ]);
      expect(plan.inserts).toEqual([]);
    },
  );

  it('ends at once when it ends in the past', () => {
    const plan = planFile(
      [row('a')],
      [asked({ expires: '2026-01-01' })],
      rules,
    );
    expect(brief(plan.updates)).toMatchObject([
      { id: 'a', expires: '2026-01-01' },
    ]);
    expect(plan.inserts).toEqual([]);
  });

  it.each<Partial<AskedInFile>>([
    { reason: 'other' },
    { owner: 'user:default/ann' },
    { expires: '2027-01-31' },
    { reason: 'other', expires: '2026-12-01' },
  ])('is asked for anew with %j, and what was approved goes on', change => {
    const plan = planFile([row('a')], [asked(change)], rules);
    expect(brief(plan.updates)).toEqual([
      { id: 'a', change: 'not-asked', in_file: null },
    ]);
    expect(plan.inserts).toMatchObject([
      { asked: asked(change), status: 'pending' },
    ]);
  });

  it('takes the place of what waits, and at once of what holds where approval is automatic', () => {
    const other = asked({ reason: 'other' });
    expect(
      brief(
        planFile([row('a', { status: 'pending' })], [other], rules).updates,
      ),
    ).toEqual([
      { id: 'a', change: 'withdrawn', status: 'withdrawn', in_file: null },
    ]);
    expect(brief(planFile([row('a')], [other], automatic).updates)).toEqual([
      { id: 'a', change: 'withdrawn', status: 'withdrawn', in_file: null },
    ]);
  });

  it.each(['rejected', 'revoked'] as const)(
    'may be asked for anew after it was %s, an earlier end included',
    status => {
      const plan = planFile(
        [row('a', { status })],
        [asked({ expires: '2026-12-01' })],
        rules,
      );
      expect(brief(plan.updates)).toEqual([
        { id: 'a', change: 'not-asked', in_file: null },
      ]);
      expect(plan.inserts).toMatchObject([{ status: 'pending' }]);
    },
  );

  it('goes back to what holds, and takes back what waits', () => {
    const rows = [
      row('a', { in_file: null }),
      row('b', { status: 'pending', expires: '2027-03-01' }),
    ];
    const plan = planFile(rows, [asked()], rules);
    expect(brief(plan.updates)).toEqual([
      { id: 'b', change: 'withdrawn', status: 'withdrawn', in_file: null },
      { id: 'a', change: 'asked-again', in_file: 1, expires: '2026-12-31' },
    ]);
    expect(plan.inserts).toEqual([]);
  });

  it('shortens what waits and leaves what holds', () => {
    const rows = [
      row('a', { in_file: null }),
      row('b', { status: 'pending', reason: 'other', expires: '2027-03-01' }),
    ];
    const plan = planFile(
      rows,
      [asked({ reason: 'other', expires: '2027-02-01' })],
      rules,
    );
    expect(brief(plan.updates)).toEqual([
      { id: 'b', change: 'shortened', in_file: 1, expires: '2027-02-01' },
    ]);
  });
});

describe('a waiver that is no longer in the file', () => {
  it('is withdrawn, with everything of its check, and nothing of others', () => {
    const rows = [
      row('a', { in_file: null }),
      row('b', { status: 'pending', reason: 'other' }),
      row('c', { check_id: 'C' }),
    ];
    const plan = planFile(rows, [asked({ check: 'C' })], rules);
    expect(brief(plan.updates)).toEqual([
      { id: 'a', change: 'withdrawn', status: 'withdrawn', in_file: null },
      { id: 'b', change: 'withdrawn', status: 'withdrawn', in_file: null },
    ]);
  });

  it('stays what it was when it was closed or is over', () => {
    const rows = [
      row('a', { status: 'rejected' }),
      row('b', { check_id: 'B', expires: '2026-11-20' }),
    ];
    expect(brief(planFile(rows, [], rules).updates)).toEqual([
      { id: 'a', change: 'not-asked', in_file: null },
      { id: 'b', change: 'not-asked', in_file: null },
    ]);
  });
});
