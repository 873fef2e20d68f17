import { WaiverAction } from '@goldenpath/backstage-plugin-golden-path-common';
import { WaiverRow } from '../database/tables';
import { actionsFor, refusal, statusOf } from './decide';

const ann = { ref: 'user:default/ann', mayApprove: false };
const approver = { ref: 'user:default/bob', mayApprove: true };
const approvingAnn = { ...ann, mayApprove: true };
const rules = { allowSelfApproval: false, today: '2026-11-21' };

const waiver = (overrides: Partial<WaiverRow> = {}) => ({
  status: 'pending' as const,
  expires: '2026-12-31',
  origin: 'request' as const,
  requested_by: ann.ref,
  decided_by: null,
  decided_at: null,
  ...overrides,
});

it('expires when its day has ended, unless it was closed before', () => {
  const on = (status: WaiverRow['status'], expires: string) =>
    statusOf({ status, expires }, '2026-11-21');
  expect(on('approved', '2026-11-21')).toBe('approved');
  expect(on('approved', '2026-11-20')).toBe('expired');
  expect(on('pending', '2026-11-20')).toBe('expired');
  expect(on('rejected', '2026-11-20')).toBe('rejected');
  expect(on('revoked', '2026-11-20')).toBe('revoked');
  expect(on('withdrawn', '2026-11-20')).toBe('withdrawn');
});

describe('what may be done', () => {
  const fromFile = { origin: 'file' as const, requested_by: null };
  it.each<[string, Partial<WaiverRow>, typeof ann, WaiverAction[]]>([
    ['its requester', {}, ann, ['withdraw']],
    ['an approver', {}, approver, ['approve', 'reject', 'withdraw']],
    ['a requester who approves', {}, approvingAnn, ['reject', 'withdraw']],
    ['somebody else', { requested_by: 'user:default/eve' }, ann, []],
    [
      'an approver, once approved',
      { status: 'approved' },
      approver,
      ['revoke', 'withdraw'],
    ],
    ['its requester, once approved', { status: 'approved' }, ann, ['withdraw']],
    ['an approver, of a file', fromFile, approver, ['approve', 'reject']],
    [
      'an approver, of a file, once approved',
      { ...fromFile, status: 'approved' },
      approver,
      ['revoke'],
    ],
    ['an approver, once expired', { expires: '2026-11-20' }, approver, []],
    ['an approver, once rejected', { status: 'rejected' }, approver, []],
    ['an approver, once revoked', { status: 'revoked' }, approver, []],
    ['an approver, once withdrawn', { status: 'withdrawn' }, approver, []],
  ])('by %s', (_, overrides, caller, actions) => {
    expect(actionsFor(waiver(overrides), caller, rules)).toEqual(actions);
  });

  it('by a requester who approves, where that is allowed', () => {
    expect(
      actionsFor(waiver(), approvingAnn, { ...rules, allowSelfApproval: true }),
    ).toEqual(['approve', 'reject', 'withdraw']);
  });
});

describe('says why not', () => {
  it.each<
    [string, Partial<WaiverRow>, WaiverAction, typeof ann, string, RegExp]
  >([
    [
      'without the permission',
      {},
      'approve',
      ann,
      'NotAllowedError',
      /golden-path\.waiver\.approve/,
    ],
    [
      'to a stranger',
      { requested_by: 'user:default/eve' },
      'withdraw',
      ann,
      'NotAllowedError',
      /Only who asked/,
    ],
    [
      'to its requester',
      {},
      'approve',
      approvingAnn,
      'NotAllowedError',
      /somebody else has to/,
    ],
    [
      'once it was decided',
      {
        status: 'rejected',
        decided_by: 'user:default/eve',
        decided_at: '2026-11-20T10:00:00.000Z',
      },
      'approve',
      approver,
      'ConflictError',
      /is rejected since 2026-11-20T10:00:00\.000Z by user:default\/eve/,
    ],
    [
      'once expired',
      { expires: '2026-11-20' },
      'approve',
      approver,
      'ConflictError',
      /expired since the end of 2026-11-20/,
    ],
    [
      'to revoke what waits',
      {},
      'revoke',
      approver,
      'ConflictError',
      /is pending/,
    ],
    [
      'to withdraw what a file asks for',
      { origin: 'file' },
      'withdraw',
      approver,
      'ConflictError',
      /take it out there.*reject it here/,
    ],
  ])('%s', (_, overrides, action, caller, name, message) => {
    const error = refusal(waiver(overrides), action, caller, rules);
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });
});
