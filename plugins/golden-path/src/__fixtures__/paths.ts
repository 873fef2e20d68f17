import type {
  PathResponse,
  PathsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';

export const pathsResponse: PathsResponse = {
  items: [
    {
      name: 'service',
      title: 'Production service',
      version: '1.2.0',
      owner: 'group:default/platform',
      levels: ['bronze', 'silver', 'gold'],
      checks: 23,
      entities: 7,
      source: 'paths/service.yaml',
    },
  ],
  problems: [{ file: 'paths/broken.yaml', message: 'line 12: spec.checks' }],
};

export const pathResponse: PathResponse = {
  path: {
    apiVersion: 'golden-path.dev/v1alpha1',
    kind: 'GoldenPath',
    metadata: { name: 'service', title: 'Production service' },
    spec: {
      owner: 'group:default/platform',
      version: '1.2.0',
      appliesTo: { kind: 'Component' },
      levels: ['bronze', 'silver', 'gold'],
      templates: [],
      scoring: { unknown: 'interval' },
      checks: [
        {
          id: 'SEC-01',
          title: 'Every action is pinned',
          description: 'A tag can be moved to other code at any time.',
          category: 'security',
          level: 'silver',
          weight: 8,
          facts: ['repository'],
          pass: 'repository.actions.pinned',
          rollout: { stage: 'warn', enforceFrom: '2027-01-01' },
          remediation: {
            text: 'Pin every action to a commit',
            url: 'https://docs.example.com/pin',
            effort: 'low',
            fix: 'pin-actions',
          },
          maps: ['openssf:Pinned-Dependencies', 'zizmor:unpinned-uses'],
        },
      ],
    },
  },
  versions: [
    {
      version: '1.2.0',
      digest: 'sha256:0123456789abcdef0123456789abcdef',
      firstSeenAt: '2026-11-01T10:00:00Z',
      current: true,
    },
    {
      version: '1.1.0',
      digest: 'sha256:fedcba9876543210fedcba9876543210',
      firstSeenAt: '2026-06-01T10:00:00Z',
      current: false,
    },
  ],
};
