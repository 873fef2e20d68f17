import { goldenPathSchema, type Check, type Facts } from '../../model';
import { compilePath } from '../compile';
import { scorePath } from '../scorePath';

/** A check with what a test leaves out. */
export function checkOf(check: Partial<Check> & { pass: string }) {
  return {
    id: 'CHECK-1',
    title: 'A check',
    category: 'test',
    level: 'bronze',
    facts: ['repository'],
    ...check,
  };
}

/** A path with the given checks. */
export function pathOf(
  checks: (Partial<Check> & { pass: string })[],
  spec: object = {},
) {
  return goldenPathSchema.parse({
    apiVersion: 'golden-path.dev/v1alpha1',
    kind: 'GoldenPath',
    metadata: { name: 'service' },
    spec: {
      owner: 'group:default/platform',
      version: '1.0.0',
      appliesTo: { kind: 'Component' },
      checks: checks.map(checkOf),
      ...spec,
    },
  });
}

/** Facts that were observed and have not expired. */
export function factsOf(data: Record<string, Facts[string]['data']>): Facts {
  return Object.fromEntries(
    Object.entries(data).map(([source, value]) => [
      source,
      { observedAt: '2026-11-01T00:00:00Z', data: value },
    ]),
  );
}

export const NOW = new Date('2026-11-21T12:00:00Z');

/** The scorecard of `component:default/shop`. */
export function scoreOf(options: {
  checks: (Partial<Check> & { pass: string })[];
  facts: Facts;
  spec?: object;
  waivers?: Parameters<typeof scorePath>[0]['waivers'];
  now?: Date;
}) {
  return scorePath({
    path: compilePath(pathOf(options.checks, options.spec)),
    entityRef: 'component:default/shop',
    facts: options.facts,
    waivers: options.waivers ?? [],
    now: options.now ?? NOW,
  });
}

/** The result of a path's only check on data of the fact `repository`. */
export function resultOf(
  check: Partial<Check> & { pass: string },
  repository: Facts[string]['data'],
) {
  return scoreOf({ checks: [check], facts: factsOf({ repository }) }).checks[0];
}
