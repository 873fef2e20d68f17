import type { WaiverRecord } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityRef } from './entity';

export function waiverFixture(
  overrides: Partial<WaiverRecord> = {},
): WaiverRecord {
  return {
    id: 'w-1',
    entityRef,
    path: 'service',
    check: 'SEC-01',
    reason: 'The action has no release to pin to yet',
    owner: 'group:default/shop',
    expires: '2027-03-31',
    origin: 'request',
    status: 'pending',
    requestedBy: 'user:default/ann',
    requestedAt: '2026-11-20T10:00:00Z',
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    actions: [],
    ...overrides,
  };
}
