import type { TemplateManifest, TemplateProof } from '../model';
import type { RenderValues } from '../render';
import { holds } from '../render/skeletonParts';

/** A row of a proof's matrix with all its values. @public */
export type ProofRow = { id: string; values: RenderValues };

/**
 * The rows of a proof's matrix, each merged over the values common to all.
 *
 * @public
 */
export function proofRows(
  proof: Pick<TemplateProof, 'values' | 'matrix'>,
): ProofRow[] {
  return proof.matrix.map(({ id, ...own }) => ({
    id,
    values: { ...proof.values, ...own } as RenderValues,
  }));
}

/**
 * The folders of variants that no row renders: what is in them would be published unproven.
 *
 * @public
 */
export function unrenderedVariants(
  manifest: Pick<TemplateManifest, 'variants' | 'defaults'>,
  rows: readonly ProofRow[],
): string[] {
  return manifest.variants
    .filter(
      ({ when }) =>
        !rows.some(({ values }) =>
          holds(when, { ...manifest.defaults, ...values }),
        ),
    )
    .map(({ folder }) => folder);
}
