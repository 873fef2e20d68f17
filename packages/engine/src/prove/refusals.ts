import type { TemplateProofResult } from '../model';

/**
 * Why a version of a template may not be published; empty when it may.
 *
 * @param options.proof - the kept proof of this version, `undefined` when there is none.
 * @param options.changelog - `undefined` when there is none.
 *
 * @public
 */
export function proofRefusals(options: {
  version: string;
  inputDigest: string;
  rulesDigest: string;
  proof: TemplateProofResult | undefined;
  changelog: string | undefined;
}): string[] {
  const { version, inputDigest, rulesDigest, proof, changelog } = options;
  const refusals: string[] = [];
  if (!hasSection(changelog ?? '', version)) {
    refusals.push(
      `CHANGELOG.md has no section for ${version}. Say there what changes for a service.`,
    );
  }
  if (!proof) {
    refusals.push(
      `There is no proof of version ${version}. Run \`golden-path template test\` with \`--out\`.`,
    );
    return refusals;
  }
  const { template, outcome, complete, reasons } = proof.predicate;
  if (template.version !== version) {
    refusals.push(
      `The proof is of version ${template.version}, not of ${version}.`,
    );
  } else if (
    template.inputDigest !== inputDigest ||
    `sha256:${proof.subject[0].digest.sha256}` !== inputDigest
  ) {
    refusals.push(
      `What is rendered changed since ${version} was proven. Raise the version, or prove it again if it was never published.`,
    );
  }
  if (template.rulesDigest !== rulesDigest) {
    refusals.push(
      'proof.yaml, mutations.yaml or the base changed since the proof. Prove the version again.',
    );
  }
  if (outcome !== 'proven') {
    refusals.push(
      `The proof of ${version} ${
        outcome === 'falls-short' ? 'falls short' : 'could not tell'
      }: ${reasons.slice(0, 5).join('; ') || 'no reason is kept'}`,
    );
  } else if (!complete) {
    refusals.push(
      'The proof is of some parts or rows only. Run it without `--only` and `--row`.',
    );
  }
  return refusals;
}

/** Whether a changelog has a heading that names the version, such as `## [1.2.0] - 2026-11-21`. */
function hasSection(changelog: string, version: string): boolean {
  const escaped = version.replace(/[.+]/g, '\\$&');
  return new RegExp(`^##\\s+\\[?v?${escaped}\\]?(?=\\s|$)`, 'm').test(
    changelog,
  );
}
