import type { Repository } from '@goldenpath/backstage-plugin-golden-path-common';

export const repository: Repository = {
  name: 'orders',
  description: 'Takes orders',
  defaultBranch: 'main',
  createdAt: '2026-11-20T10:00:00Z',
  createdBy: 'user:default/ann',
  cloneUrl: 'http://localhost:7007/api/local-git/git/orders.git',
  treeUrl: 'http://localhost:7007/api/local-git/repositories/orders/tree/main/',
  canPush: true,
};
