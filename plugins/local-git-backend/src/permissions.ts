import { createPermission } from '@backstage/plugin-permission-common';

/** Create a repository, with the push token that comes with it. @public */
export const localGitRepositoryCreatePermission = createPermission({
  name: 'local-git.repository.create',
  attributes: { action: 'create' },
});

/** List repositories and read their history and files. @public */
export const localGitRepositoryReadPermission = createPermission({
  name: 'local-git.repository.read',
  attributes: { action: 'read' },
});

/** Ask for a branch to be merged. @public */
export const localGitRequestCreatePermission = createPermission({
  name: 'local-git.request.create',
  attributes: { action: 'create' },
});

/** Merge, close and reopen a change request, and mark it ready or a draft. @public */
export const localGitRequestUpdatePermission = createPermission({
  name: 'local-git.request.update',
  attributes: { action: 'update' },
});

/** Every permission of the plugin. @public */
export const localGitPermissions = [
  localGitRepositoryCreatePermission,
  localGitRepositoryReadPermission,
  localGitRequestCreatePermission,
  localGitRequestUpdatePermission,
];
