import type { FlagObservation } from '@goldenpath/engine';
import { z } from 'zod';

/** A time, with what a database writes for none. */
const instantSchema = z.iso
  .datetime({ offset: true, error: 'must be a date and time (RFC 3339)' })
  .nullish();

const variantSchema = z.looseObject({
  name: z.string(),
  /** Thousandths. */
  weight: z.number().nonnegative(),
  overrides: z.array(z.unknown()).nullish(),
});

const strategySchema = z.looseObject({
  name: z.string(),
  featureName: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  constraints: z.array(z.unknown()).nullish(),
  segments: z.array(z.unknown()).nullish(),
  variants: z.array(variantSchema).nullish(),
  disabled: z.boolean().nullish(),
});

const environmentSchema = z.looseObject({
  name: z.string(),
  enabled: z.boolean(),
  lastSeenAt: instantSchema,
  strategies: z.array(strategySchema).nullish(),
  variants: z.array(variantSchema).nullish(),
});

const featureSchema = z.looseObject({
  name: z.string().min(1),
  type: z.string().nullish(),
  createdAt: instantSchema,
  archivedAt: instantSchema,
  stale: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  environments: z.array(environmentSchema).nullish(),
});

/**
 * What Unleash knows of features: a list with their environments (`/api/admin/projects/{project}/features`,
 * `/api/admin/search/features`), an export of one environment with the strategies beside them, or both put together.
 */
export const unleashSchema = z.looseObject({
  features: z.array(featureSchema),
  featureEnvironments: z
    .array(
      z.looseObject({
        featureName: z.string(),
        environment: z.string(),
        enabled: z.boolean(),
        lastSeenAt: instantSchema,
        variants: z.array(variantSchema).nullish(),
      }),
    )
    .nullish(),
  featureStrategies: z.array(strategySchema).nullish(),
});

type Document = z.infer<typeof unleashSchema>;
type Feature = z.infer<typeof featureSchema>;
type Strategy = z.infer<typeof strategySchema>;
type Variants = FlagObservation['variants'];

const TYPES: Record<string, FlagObservation['type']> = {
  release: 'release',
  experiment: 'experiment',
  operational: 'operational',
  'kill-switch': 'kill-switch',
  permission: 'permission',
};
/** Types of variants' weights: thousandths. */
const WHOLE = 1_000;

/** How a feature stands in the environment asked for. */
interface Standing {
  enabled: boolean;
  lastSeenAt?: string | null;
  /** `undefined` where the document does not tell. */
  strategies?: readonly Strategy[];
  variants?: z.infer<typeof variantSchema>[] | null;
}

function split(
  variants: z.infer<typeof variantSchema>[] | null | undefined,
): Variants {
  if (!variants || variants.length === 0) {
    return [{ name: 'on', share: 1 }];
  }
  return variants.some(({ overrides }) => (overrides ?? []).length > 0)
    ? undefined
    : variants.map(({ name, weight }) => ({
        name,
        share: Math.min(1, weight / WHOLE),
      }));
}

/** The share of traffic a strategy is on for; `undefined` when it depends on who asks. */
function reachOf({
  name,
  parameters,
  constraints,
  segments,
}: Strategy): number | undefined {
  if ((constraints ?? []).length > 0 || (segments ?? []).length > 0) {
    return undefined;
  }
  if (name === 'default') {
    return 1;
  }
  const percent =
    name === 'flexibleRollout'
      ? parameters?.rollout
      : name.startsWith('gradualRollout') && parameters?.percentage;
  const share = Number(percent || NaN) / 100;
  return share >= 0 && share <= 1 ? share : undefined;
}

/** The share of traffic of each variant; `undefined` when it depends on who asks, or the document does not tell. */
function variantsOf({ enabled, strategies, variants }: Standing): Variants {
  if (!enabled) {
    return [{ name: 'off', share: 1 }];
  }
  if (strategies === undefined) {
    return undefined;
  }
  const active = strategies.filter(({ disabled }) => !disabled);
  if (active.length === 0) {
    // Enabled without any strategy is on for everybody, with disabled ones for nobody
    return strategies.length === 0
      ? split(variants)
      : [{ name: 'off', share: 1 }];
  }
  const splits = active.map(one => split(one.variants ?? variants));
  const reaches = active.map(reachOf);
  // Which of several strategies gives the variant depends on who asks, unless there is one variant anyway
  const isAlike = splits.every(
    one => one?.length === 1 && one[0].name === splits[0]?.[0].name,
  );
  if (active.length > 1) {
    return isAlike && reaches.includes(1) ? splits[0] : undefined;
  }
  const [reach] = reaches;
  if (reach === undefined || splits[0] === undefined) {
    return undefined;
  }
  return reach === 1
    ? splits[0]
    : [
        ...splits[0].map(({ name, share }) => ({ name, share: share * reach })),
        { name: 'off', share: 1 - reach },
      ];
}

function standingOf(
  document: Document,
  feature: Feature,
  environment: string,
): Standing | undefined {
  const own = feature.environments?.find(({ name }) => name === environment);
  const beside = document.featureEnvironments?.find(
    one => one.featureName === feature.name && one.environment === environment,
  );
  if (!own && !beside) {
    return undefined;
  }
  return {
    enabled: beside?.enabled ?? own!.enabled,
    lastSeenAt: own?.lastSeenAt ?? beside?.lastSeenAt,
    strategies:
      own?.strategies ??
      document.featureStrategies?.filter(
        ({ featureName }) => featureName === feature.name,
      ),
    variants: own?.variants ?? beside?.variants,
  };
}

/** The flags of a document, and the names of features that the environment does not have. */
export function readUnleashFlags(
  document: Document,
  environment: string,
): { flags: FlagObservation[]; absent: string[] } {
  const flags: FlagObservation[] = [];
  const absent: string[] = [];
  for (const feature of document.features) {
    const { name, type, createdAt, archivedAt, archived, stale } = feature;
    const standing = standingOf(document, feature, environment);
    if (!standing) {
      absent.push(name);
      continue;
    }
    const variants = variantsOf(standing);
    flags.push({
      key: name,
      type: TYPES[type ?? ''] ?? 'release',
      ...(createdAt ? { createdAt } : {}),
      stale: stale ?? false,
      archived: archived ?? Boolean(archivedAt),
      enabled: standing.enabled,
      ...(variants ? { variants } : {}),
      ...(standing.lastSeenAt ? { lastEvaluatedAt: standing.lastSeenAt } : {}),
    });
  }
  return { flags, absent };
}
