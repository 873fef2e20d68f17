import type {
  Adopter,
  AdoptionResponse,
  UpdateRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';

export const templateRef = 'template:default/node-service';

/** A request that brings a service of the template to 2.1.0. */
export function rolloutUpdate(
  overrides: Partial<UpdateRequest> = {},
): UpdateRequest {
  return {
    id: 'u-1',
    entityRef: 'component:default/orders',
    layer: 'node-service',
    template: templateRef,
    from: '2.0.0',
    to: '2.1.0',
    state: 'open',
    draft: false,
    conflicts: 0,
    checks: 'passing',
    branch: 'golden-path/update-node-service-2.1.0',
    url: 'https://git.example.com/shop/orders/pull/7',
    noun: 'pull request',
    createdBy: 'user:default/ann',
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-20T11:00:00Z',
    ...overrides,
  };
}

export function adopterFixture(overrides: Partial<Adopter> = {}): Adopter {
  return {
    entityRef: 'component:default/orders',
    owner: 'group:default/shop',
    layer: 'node-service',
    version: '2.1.0',
    upToDate: true,
    drifted: 0,
    conflicts: 0,
    migrated: 1,
    observedAt: '2026-11-20T10:00:00Z',
    ...overrides,
  };
}

/** Four services: one up to date, one behind with an open request, one in conflict, one that nobody could compare. */
export function adoptionResponse(
  overrides: Partial<AdoptionResponse> = {},
): AdoptionResponse {
  return {
    entityRef: templateRef,
    newestVersion: '2.1.0',
    versions: [
      {
        version: '2.1.0',
        inputDigest: `sha256:${'a'.repeat(64)}`,
        commit: '0123456789abcdef0123456789abcdef01234567',
        firstSeenAt: '2026-11-19T10:00:00Z',
        current: true,
        republished: false,
        services: 1,
      },
      {
        version: '1.10.0',
        inputDigest: `sha256:${'b'.repeat(64)}`,
        commit: null,
        firstSeenAt: '2026-10-19T10:00:00Z',
        current: false,
        republished: true,
        services: 2,
      },
      {
        version: '1.9.0',
        inputDigest: `sha256:${'c'.repeat(64)}`,
        commit: null,
        firstSeenAt: '2026-09-19T10:00:00Z',
        current: false,
        republished: false,
        services: 1,
      },
    ],
    items: [
      adopterFixture(),
      adopterFixture({
        entityRef: 'component:default/billing',
        owner: 'group:default/money',
        version: '1.10.0',
        upToDate: false,
        migrated: 0.86,
        update: rolloutUpdate({ entityRef: 'component:default/billing' }),
      }),
      adopterFixture({
        entityRef: 'component:default/carts',
        version: '1.10.0',
        upToDate: false,
        drifted: 3,
        conflicts: 2,
        migrated: 0.4,
      }),
      adopterFixture({
        entityRef: 'component:default/mail',
        owner: null,
        version: '1.9.0',
        upToDate: false,
        migrated: null,
      }),
    ],
    ...overrides,
  };
}
