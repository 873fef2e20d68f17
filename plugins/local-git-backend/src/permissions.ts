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

/** Every permission of the plugin. @public */
export const localGitPermissions = [
  localGitRepositoryCreatePermission,
  localGitRepositoryReadPermission,
];
