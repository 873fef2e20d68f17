import type { ScorecardResponse } from '@goldenpath/backstage-plugin-golden-path-common';
import type { CheckResult, Scorecard } from '@goldenpath/engine';
import { entityRef } from './entity';

export function checkFixture(overrides: Partial<CheckResult>): CheckResult {
  return {
    id: 'DOC-01',
    title: 'There is a README',
    verdict: 'pass',
    credit: 1,
    weight: 1,
    level: 'bronze',
    category: 'documentation',
    stage: 'enforce',
    evidence: [],
    message: '',
    maps: [],
    ...overrides,
  };
}

export const failingCheck = checkFixture({
  id: 'SEC-01',
  title: 'Every action is pinned',
  description: 'A tag can be moved to other code at any time.',
  verdict: 'fail',
  credit: 0.5,
  weight: 8,
  level: 'silver',
  category: 'security',
  message: '1 of 2 actions float',
  evidence: [
    {
      fact: 'repository.workflows.0.uses.1',
      value: 'actions/checkout@v4',
      file: '.github/workflows/ci.yml',
      line: 12,
    },
  ],
  remediation: {
    text: 'Pin every action to a commit',
    url: 'https://docs.example.com/pin',
  },
  maps: ['openssf:Pinned-Dependencies'],
});

export function scorecardFixture(
  overrides: Partial<Scorecard> = {},
): Scorecard {
  return {
    entityRef,
    path: { name: 'service', version: '1.2.0', title: 'Production service' },
    levels: ['bronze', 'silver', 'gold'],
    level: 'bronze',
    nextLevel: 'silver',
    score: { raw: 62.4, adjusted: 62.4, low: 62.4, high: 81.2 },
    coverage: 0.81,
    evaluatedAt: new Date(Date.now() - 120_000).toISOString(),
    checks: [
      checkFixture({}),
      failingCheck,
      checkFixture({
        id: 'DEL-01',
        title: 'Deployments recover within a day',
        verdict: 'unknown',
        credit: 0,
        level: 'gold',
        category: 'delivery',
        message: 'The fact health is missing',
      }),
      checkFixture({
        id: 'TRY-01',
        title: 'There is an SBOM',
        verdict: 'fail',
        credit: 0,
        level: 'gold',
        stage: 'shadow',
      }),
    ],
    ...overrides,
  };
}

export function scorecardResponse(
  overrides: Partial<ScorecardResponse> = {},
): ScorecardResponse {
  return {
    entityRef,
    status: 'ok',
    refreshing: false,
    scorecards: [scorecardFixture()],
    sources: [
      { source: 'repository', observedAt: new Date().toISOString() },
      { source: 'health', problem: 'No delivery event names this entity' },
    ],
    ...overrides,
  };
}
