import type {
  ChangeRequest,
  ChangeRequestDetails,
} from '@goldenpath/backstage-plugin-golden-path-common';

const head = '1'.repeat(40);
const target = '2'.repeat(40);

export function changeRequest(
  changes: Partial<ChangeRequest> = {},
): ChangeRequest {
  return {
    number: 7,
    repository: 'orders',
    sourceBranch: 'golden-path/update-service-2.0.0',
    targetBranch: 'main',
    title: 'Update service to 2.0.0',
    body: '## What changes\n\n- The base image',
    draft: false,
    state: 'open',
    createdBy: 'plugin:golden-path',
    createdAt: '2026-11-20T10:00:00Z',
    mergedBy: null,
    mergedAt: null,
    mergeCommit: null,
    closedAt: null,
    url: 'http://localhost:3000/golden-paths/repositories/orders/requests/7',
    canMerge: true,
    ...changes,
  };
}

export function changeRequestDetails(
  changes: Partial<ChangeRequestDetails> = {},
  request: Partial<ChangeRequest> = {},
): ChangeRequestDetails {
  return {
    request: changeRequest(request),
    head,
    target,
    mergeBase: target,
    commits: [
      {
        sha: head,
        subject: 'Update service from 1.0.0 to 2.0.0',
        author: 'Golden Path',
        at: '2026-11-20T10:00:00Z',
      },
    ],
    behind: 0,
    files: [
      {
        path: 'Dockerfile',
        status: 'changed',
        binary: false,
        additions: 1,
        deletions: 1,
        patch:
          'diff --git a/Dockerfile b/Dockerfile\nindex 1111111..2222222 100644\n--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,2 +1,2 @@\n-FROM node:22\n+FROM node:24\n USER node\n',
        truncated: false,
      },
      {
        path: 'docs/guide.md',
        movedFrom: 'README.md',
        status: 'moved',
        binary: false,
        additions: 0,
        deletions: 0,
        patch:
          'diff --git a/README.md b/docs/guide.md\nsimilarity index 100%\nrename from README.md\nrename to docs/guide.md\n',
        truncated: false,
      },
      {
        path: 'logo.png',
        status: 'added',
        binary: true,
        additions: 0,
        deletions: 0,
        patch:
          'diff --git a/logo.png b/logo.png\nnew file mode 100644\nindex 0000000..1111111\nBinary files /dev/null and b/logo.png differ\n',
        truncated: false,
      },
      {
        path: 'package-lock.json',
        status: 'changed',
        binary: false,
        additions: 9000,
        deletions: 8000,
        truncated: true,
      },
    ],
    changedFiles: 4,
    truncated: true,
    mergeable: 'clean',
    conflicts: [],
    ...changes,
  };
}
