import type { Proportion } from './newcombe';

/** A Beta distribution over a rate. @public */
export interface BetaPrior {
  alpha: number;
  beta: number;
}

/** Jeffreys' prior, for where nothing is known of others. */
export const JEFFREYS_PRIOR: BetaPrior = { alpha: 0.5, beta: 0.5 };

/**
 * The Beta prior that describes how a rate spreads over entities, by the method of moments with weights by size: J. C.
 * Kleinman, "Proportions with extraneous variance: single and independent samples", JASA 68 (1973). Rates that differ
 * by no more than chance would make them get a prior as strong as all observations together.
 *
 * @returns `undefined` with fewer than two entities, or when nothing happened at any or all of it happened: then the
 * moments say nothing of the spread.
 *
 * @public
 */
export function empiricalBayesPrior(
  entities: readonly Proportion[],
): BetaPrior | undefined {
  const seen = entities.filter(({ n }) => n > 0);
  const total = seen.reduce((sum, { n }) => sum + n, 0);
  const events = seen.reduce((sum, entity) => sum + entity.events, 0);
  if (seen.length < 2 || events === 0 || events === total) {
    return undefined;
  }
  const p = events / total;
  const chance = p * (1 - p);
  const spread = seen.reduce(
    (sum, entity) => sum + entity.n * (entity.events / entity.n - p) ** 2,
    0,
  );
  const degrees = seen.length - 1;
  const size = seen.reduce((sum, { n }) => sum + n * (1 - n / total), 0);
  const correlation =
    size > degrees
      ? (spread - chance * degrees) / (chance * (size - degrees))
      : 0;
  const strength =
    correlation <= 0
      ? total
      : Math.min(total, Math.max(1, 1 / correlation - 1));
  return { alpha: p * strength, beta: (1 - p) * strength };
}

/** The rate as shrunken towards the prior: the mean of the posterior. Show it with its `n`. @public */
export function shrunkenRate(
  { events, n }: Proportion,
  { alpha, beta }: BetaPrior,
): number {
  return (alpha + events) / (alpha + beta + n);
}
