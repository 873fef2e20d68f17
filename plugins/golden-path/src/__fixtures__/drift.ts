import type { DriftResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { DriftLayer } from '@goldenpath/engine';
import { entityRef } from './entity';

export const driftLayer: DriftLayer = {
  id: 'service',
  template: {
    entityRef: 'template:default/node-service',
    version: '1.0.0',
    commit: '0123456789abcdef',
    newestVersion: '1.1.0',
  },
  counts: {
    pristine: 1,
    outdated: 0,
    edited: 1,
    'edited+outdated': 0,
    conflict: 0,
    converged: 0,
    missing: 1,
    waived: 0,
  },
  drifted: 2,
  files: [
    {
      path: 'Dockerfile',
      status: 'pristine',
      class: 'managed',
      drifted: false,
    },
    { path: 'package.json', status: 'edited', class: 'merged', drifted: true },
    {
      path: '.github/workflows/security.yml',
      status: 'missing',
      class: 'managed',
      drifted: true,
    },
  ],
};

export const driftResponse: DriftResponse = {
  entityRef,
  status: 'ok',
  report: {
    entityRef,
    status: 'ok',
    observedAt: '2026-11-20T10:00:00Z',
    commit: 'fedcba9876543210',
    layers: [driftLayer],
  },
};
