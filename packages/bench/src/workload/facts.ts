/** Facts of made-up services: the same for the same number, generation and seed, on every machine. */

const SEED = 20261121;

/** Types of the thirty facts, as Tech Insights names them. */
export const FACT_TYPES = {
  hasReadme: 'boolean',
  hasTechdocs: 'boolean',
  hasOwner: 'boolean',
  hasCodeowners: 'boolean',
  hasLicense: 'boolean',
  ciEnabled: 'boolean',
  branchProtected: 'boolean',
  secretScanning: 'boolean',
  dependabotEnabled: 'boolean',
  hasRunbook: 'boolean',
  hasSlo: 'boolean',
  onCallConfigured: 'boolean',
  coverage: 'float',
  openCriticalVulns: 'integer',
  openHighVulns: 'integer',
  daysSinceLastDeploy: 'integer',
  ciSuccessRate: 'float',
  replicas: 'integer',
  mttrMinutes: 'integer',
  descriptionLength: 'integer',
  lifecycle: 'string',
  tier: 'string',
  language: 'string',
  runtimeVersion: 'string',
  repoUrl: 'string',
  baseImage: 'string',
  ownerRef: 'string',
  tags: 'set',
  environments: 'set',
  languages: 'set',
} as const;

export type ServiceFacts = Record<
  keyof typeof FACT_TYPES,
  boolean | number | string | string[]
>;

const LANGUAGES = [
  'java',
  'typescript',
  'go',
  'python',
  'kotlin',
  'rust',
  'cobol',
];
const LIFECYCLES = ['production', 'experimental', 'deprecated'];
const TAGS = ['pii', 'pci', 'public', 'internal', 'api', 'batch', 'web', 'ml'];
const ENVIRONMENTS = ['dev', 'staging', 'prod', 'dr'];

/** Numbers from 0 to 1 by the mulberry32 generator. */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function entityRef(index: number): string {
  return `component:default/${entityName(index)}`;
}

export function entityName(index: number): string {
  return `service-${String(index).padStart(6, '0')}`;
}

/** Facts of one service; another `generation` is the same service later. */
export function factsOf(index: number, generation = 0): ServiceFacts {
  const next = random(
    SEED ^
      Math.imul(index + 1, 0x9e3779b1) ^
      Math.imul(generation + 1, 0x85ebca6b),
  );
  const chance = (probability: number) => next() < probability;
  const between = (low: number, high: number) =>
    low + Math.floor(next() * (high - low + 1));
  const pick = <T>(from: readonly T[]) =>
    from[Math.floor(next() * from.length)];
  const language = pick(LANGUAGES);
  return {
    hasReadme: chance(0.9),
    hasTechdocs: chance(0.6),
    hasOwner: chance(0.95),
    hasCodeowners: chance(0.7),
    hasLicense: chance(0.8),
    ciEnabled: chance(0.9),
    branchProtected: chance(0.75),
    secretScanning: chance(0.65),
    dependabotEnabled: chance(0.7),
    hasRunbook: chance(0.5),
    hasSlo: chance(0.4),
    onCallConfigured: chance(0.55),
    coverage: Math.round(next() * 1000) / 10,
    openCriticalVulns: between(0, 4),
    openHighVulns: between(0, 20),
    daysSinceLastDeploy: between(0, 200),
    ciSuccessRate: Math.round(next() * 1000) / 1000,
    replicas: between(0, 6),
    mttrMinutes: between(1, 600),
    descriptionLength: between(0, 300),
    lifecycle: pick(LIFECYCLES),
    tier: `tier-${between(1, 4)}`,
    language,
    runtimeVersion: `${between(14, 24)}.${between(0, 20)}.${between(0, 9)}`,
    repoUrl: `https://${pick([
      'git.corp.example',
      'github.example',
    ])}/org-${between(1, 40)}/service-${index}`,
    baseImage: `${pick([
      'registry.corp.example/base',
      'docker.io/library',
    ])}/${language}:${pick(['latest', '1.4.2', '2.0.0', '20-slim'])}`,
    ownerRef: `${pick(['group:default/team-', 'user:default/dev-'])}${between(
      1,
      97,
    )}`,
    tags: TAGS.filter(() => chance(0.35)),
    environments: ENVIRONMENTS.filter(() => chance(0.6)),
    languages: [language, ...(chance(0.3) ? [pick(LANGUAGES)] : [])],
  };
}
