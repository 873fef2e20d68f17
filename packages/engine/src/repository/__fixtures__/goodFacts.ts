import type {
  CostData,
  DriftReport,
  ForgeData,
  Metric,
  SloData,
} from '../../model';

/**
 * The `forge` fact of a repository whose forge has nothing to complain about. What files and forge can each prove by
 * themselves is off in here, so that a fault of the files shows.
 */
export const GOOD_FORGE = {
  system: 'github',
  url: 'https://github.com/acme/service',
  visibility: 'private',
  archived: false,
  defaultBranch: 'main',
  branchRules: {
    pullRequestRequired: true,
    requiredApprovals: 1,
    codeOwnerReviewRequired: true,
    requiredChecks: ['ci / verify', 'ci / image', 'security / scan'],
    forcePushAllowed: false,
    deletionAllowed: false,
  },
  environments: [{ name: 'production', protected: true, reviewers: 1 }],
  deployments: { total: 20, concluded: 20 },
  runs: {
    pullRequest: { count: 40, p50Seconds: 240, p95Seconds: 600 },
    defaultBranch: { count: 20, successRate: 0.95 },
    rerunRate: 0.02,
    duplicateCommits: 0,
    minutesPerMergedPullRequest: 25,
  },
  alerts: {
    dependencies: {
      critical: 0,
      high: 1,
      medium: 2,
      low: 3,
      oldestHighDays: 12,
    },
    codeScanning: { critical: 0, high: 0, medium: 0, low: 1 },
    secretScanning: { open: 0 },
  },
  security: {
    secretScanning: true,
    pushProtection: false,
    dependencyAlerts: true,
    codeScanningDefaultSetup: false,
    shaPinningRequired: true,
    defaultTokenPermission: 'read',
  },
  release: {
    tag: 'v1.4.0',
    publishedAt: '2026-11-10T08:00:00Z',
    hasSbom: false,
    hasAttestation: false,
  },
  pullRequests: {
    merged: 40,
    aiAssisted: 10,
    aiWithoutHumanReview: 0,
    disclosing: 38,
    selfMerged: 0,
  },
} satisfies ForgeData;

type Layer = Pick<DriftReport['layers'][number], 'id' | 'drifted'> & {
  template: string;
  version: string;
  newestVersion?: string;
  upToDate?: boolean;
};

/** The `drift` fact of a service that follows the newest version of its template. */
export const GOOD_DRIFT = {
  drifted: 0,
  edited: 0,
  missing: 0,
  outdated: 0,
  conflicts: 0,
  layers: [
    {
      id: 'service',
      template: 'template:default/node-service',
      version: '1.0.0',
      drifted: 0,
      newestVersion: '1.0.0',
      upToDate: true,
    },
  ] satisfies Layer[],
};

/** The `health` fact of a service that is deployed often and seldom fails. */
export const GOOD_HEALTH = {
  environment: 'production',
  changeFailRate: {
    status: 'ok',
    value: 0.05,
    unit: 'ratio',
    n: 20,
    numerator: 1,
    denominator: 20,
    band: 'elite',
  } satisfies Omit<Metric, 'evidence'>,
};

/** The `catalog` fact of an entity with an owner and links. */
export const GOOD_CATALOG = {
  ownerExists: true,
  annotations: {
    'backstage.io/techdocs-ref': 'dir:.',
    'backstage.io/source-location': 'url:https://git.example.org/service/',
    'pagerduty.com/service-id': 'PABC123',
  } as Record<string, string>,
};

/** The `slo` fact of a service with budget left. */
export const GOOD_SLO = {
  objectives: [
    {
      name: 'requests-availability',
      objective: 0.999,
      windowDays: 28,
      errorBudgetRemaining: 0.7,
    },
    {
      name: 'requests-latency',
      objective: 0.99,
      windowDays: 28,
      errorBudgetRemaining: 0.4,
    },
  ],
} satisfies SloData;

/** The `cost` fact of a service within its budget. */
export const GOOD_COST = {
  month: '2026-11',
  amountUsd: 310,
  budgetUsd: 400,
  label: 'cost-center=1234',
} satisfies CostData;

/** The `data` of every fact beside `repository`, by source. */
export const GOOD_FACTS: Record<string, object> = {
  catalog: GOOD_CATALOG,
  cost: GOOD_COST,
  drift: GOOD_DRIFT,
  forge: GOOD_FORGE,
  health: GOOD_HEALTH,
  slo: GOOD_SLO,
};
