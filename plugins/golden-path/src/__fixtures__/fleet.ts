import type {
  CheckSummariesResponse,
  ScorecardRow,
  ScorecardsResponse,
  SourcesResponse,
  SummaryGroup,
  SummaryItem,
  SummaryResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';

export function rowFixture(
  name: string,
  overrides: Partial<ScorecardRow> = {},
): ScorecardRow {
  return {
    entityRef: `component:default/${name}`,
    title: null,
    owner: 'group:default/shop',
    system: 'system:default/store',
    domain: null,
    template: null,
    path: 'service',
    pathVersion: '1.2.0',
    level: null,
    nextLevel: 'bronze',
    score: { raw: 10, adjusted: 10, low: 10, high: 40 },
    coverage: 0.7,
    failing: 2,
    unknown: 3,
    waived: 0,
    failingChecks: ['SEC-01', 'DEL-01'],
    observedAt: '2026-11-19T10:00:00Z',
    evaluatedAt: '2026-11-20T10:00:00Z',
    ...overrides,
  };
}

export function fleetPage(
  names: string[],
  nextCursor?: string,
  totalItems = nextCursor ? names.length + 1 : names.length,
): ScorecardsResponse {
  return { items: names.map(name => rowFixture(name)), totalItems, nextCursor };
}

export function summaryItem(overrides: Partial<SummaryItem>): SummaryItem {
  return {
    key: null,
    parent: null,
    scorecards: 2,
    direct: 2,
    levels: { none: 1, silver: 1 },
    score: { raw: 50, adjusted: 50, low: 50, high: 60 },
    failing: 4,
    unknown: 5,
    withUnknown: 1,
    waived: 1,
    ...overrides,
  };
}

export function summaryResponse(groupBy: SummaryGroup): SummaryResponse {
  return {
    groupBy,
    items:
      groupBy === 'system'
        ? [
            summaryItem({
              key: 'system:default/store',
              parent: 'domain:default/retail',
            }),
            summaryItem({ key: null, scorecards: 1, direct: 1 }),
          ]
        : [
            summaryItem({
              key: 'group:default/retail',
              scorecards: 5,
              direct: 1,
            }),
            summaryItem({
              key: 'group:default/shop',
              parent: 'group:default/retail',
              scorecards: 4,
              direct: 4,
            }),
            summaryItem({
              key: null,
              scorecards: 2,
              score: { raw: null, adjusted: null, low: null, high: null },
            }),
          ],
    total: summaryItem({
      scorecards: 7,
      direct: 0,
      levels: { none: 2, bronze: 4, gold: 1 },
      score: { raw: 55, adjusted: 60, low: 55, high: 71 },
      failing: 14,
      unknown: 9,
      waived: 3,
    }),
  };
}

export const checksResponse: CheckSummariesResponse = {
  path: 'service',
  version: '1.2.0',
  items: [
    {
      id: 'SEC-01',
      title: 'Every action is pinned',
      category: 'security',
      level: 'silver',
      stage: 'enforce',
      verdicts: {
        pass: 4,
        fail: 2,
        unknown: 1,
        stale: 1,
        'not-applicable': 0,
        waived: 0,
        error: 0,
      },
    },
  ],
};

export const sourcesResponse: SourcesResponse = {
  items: [
    {
      source: 'repository',
      circuit: 'closed',
      facts: 7,
      expired: 0,
      problems: 0,
    },
  ],
};
