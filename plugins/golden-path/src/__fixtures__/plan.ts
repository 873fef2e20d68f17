import type {
  PlanResponse,
  UpdateRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import type { PlanFile, PlanHunk, UpdatePlan } from '@goldenpath/engine';
import { entityRef } from './entity';

export function hunkFixture(overrides: Partial<PlanHunk> = {}): PlanHunk {
  return {
    id: 'h-image',
    status: 'applicable',
    oldStart: 2,
    oldLines: 1,
    newStart: 2,
    newLines: 1,
    lines: [' name: ci', '-image: node:22', '+image: node:24', ' on: push'],
    ...overrides,
  };
}

export function planFileFixture(overrides: Partial<PlanFile> = {}): PlanFile {
  return {
    path: 'ci.yml',
    status: 'outdated',
    class: 'merged',
    drifted: true,
    action: 'change',
    hunks: [hunkFixture()],
    patch:
      '@@ -1,3 +1,3 @@\n name: ci\n-image: node:22\n+image: node:24\n on: push\n',
    ...overrides,
  };
}

/** The same lines were edited on both sides; two more changes are around them. */
export const conflictFile = planFileFixture({
  path: 'Dockerfile',
  status: 'conflict',
  action: 'change',
  conflict: 'content',
  hunks: [
    hunkFixture({
      id: 'h-conflict',
      status: 'conflict',
      lines: ['-USER node', '+USER 65532'],
    }),
    hunkFixture({ id: 'h-applies', oldStart: 9, newStart: 9 }),
    hunkFixture({ id: 'h-present', status: 'present' }),
  ],
});

/** A file of the template that the service edited. */
export const restoredFile = planFileFixture({
  path: '.github/workflows/security.yml',
  status: 'edited',
  class: 'managed',
  action: 'restore',
  reason: 'The template owns it and it was edited here.',
  hunks: [],
});

export const pristineFile = planFileFixture({
  path: 'README.md',
  status: 'pristine',
  drifted: false,
  action: 'none',
  hunks: [],
  patch: undefined,
});

const NO_COUNTS: UpdatePlan['counts'] = {
  pristine: 0,
  outdated: 0,
  edited: 0,
  'edited+outdated': 0,
  conflict: 0,
  converged: 0,
  missing: 0,
  waived: 0,
};

/** A plan of files, with what can be counted counted. By default one outdated file. */
export function planFixture(
  files: PlanFile[] = [planFileFixture(), pristineFile],
  overrides: Partial<UpdatePlan> = {},
): UpdatePlan {
  const counts = { ...NO_COUNTS };
  const migrated = { present: 0, applicable: 0, conflict: 0, declined: 0 };
  for (const file of files) {
    counts[file.status] += 1;
    for (const hunk of file.hunks) {
      migrated[hunk.status] += 1;
    }
  }
  const total = files.flatMap(file => file.hunks).length;
  return {
    layer: 'service',
    template: {
      entityRef: 'template:default/node-service',
      from: '1.0.0',
      to: '1.1.0',
      commit: '0123456789abcdef',
      inputDigest: `sha256:${'0'.repeat(64)}`,
    },
    base: { reproducible: true, missing: [] },
    clean: files.every(file => file.conflict === undefined),
    empty: false,
    files,
    counts,
    conflicts: files.flatMap(({ path, conflict: kind }) =>
      kind ? [{ path, kind }] : [],
    ),
    migrated: {
      ...migrated,
      total,
      share: total === 0 ? null : migrated.present / total,
    },
    notices: [],
    edits: [],
    digest: 'sha256:plan-1',
    ...overrides,
  };
}

export const conflictPlan = planFixture([
  planFileFixture(),
  conflictFile,
  pristineFile,
]);

export const restorePlan = planFixture([restoredFile, pristineFile]);

export const emptyPlan = planFixture([pristineFile], { empty: true });

/** Two hundred files that change. */
export const largePlan = planFixture(
  Array.from({ length: 200 }, (_, index) =>
    planFileFixture({ path: `src/file-${String(index).padStart(3, '0')}.ts` }),
  ),
);

export function planResponse(
  overrides: Partial<PlanResponse> = {},
): PlanResponse {
  return {
    entityRef,
    status: 'ok',
    commit: 'fedcba9876543210',
    plans: [planFixture()],
    problems: {},
    noun: 'pull request',
    ...overrides,
  };
}

/** No lock, but the files tell what it was made from. */
export const recoveredResponse = planResponse({
  status: 'no-lock',
  plans: [],
  recovered: {
    template: 'template:default/node-service',
    version: '2.0.0',
    via: 'closest-version',
    equalFiles: 41,
    files: 60,
  },
});

/** No lock, and nothing that the files are like. */
export const unrecoveredResponse = planResponse({
  status: 'no-lock',
  reason: 'No version of a known template renders files like these.',
  plans: [],
});

export const unknownPlanResponse = planResponse({
  status: 'unknown',
  reason: 'The host answered 503',
  commit: null,
  plans: [],
});

export function updateFixture(
  overrides: Partial<UpdateRequest> = {},
): UpdateRequest {
  return {
    id: 'u-1',
    entityRef,
    layer: 'service',
    template: 'template:default/node-service',
    from: '1.0.0',
    to: '1.1.0',
    state: 'open',
    draft: false,
    conflicts: 0,
    checks: 'pending',
    branch: 'golden-path/update-service-1.1.0',
    url: 'https://git.example.com/shop/orders/pulls/7',
    noun: 'pull request',
    createdBy: 'user:default/ann',
    createdAt: '2026-11-20T10:00:00Z',
    updatedAt: '2026-11-20T10:00:05Z',
    ...overrides,
  };
}
