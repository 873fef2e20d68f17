import type {
  PathResponse,
  PathsResponse,
  ScorecardsResponse,
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
          category: 'security',
          level: 'silver',
          weight: 8,
          facts: ['repository'],
          pass: 'repository.actions.pinned',
          rollout: { stage: 'enforce' },
          maps: [],
        },
      ],
    },
  },
};

export function scorecardsPage(
  names: string[],
  nextCursor?: string,
): ScorecardsResponse {
  return {
    items: names.map(name => ({
      entityRef: `component:default/${name}`,
      owner: null,
      path: 'service',
      level: null,
      score: { raw: 10, adjusted: 10, low: 10, high: 40 },
      failing: 2,
      unknown: 3,
      evaluatedAt: '2026-11-20T10:00:00Z',
    })),
    totalItems: 2,
    nextCursor,
  };
}
