/** Actions that are one JavaScript program, complete in the commit that is used: nothing else is fetched by reference. */
const PROGRAMS = new Set([
  'actions/attest',
  'actions/cache',
  'actions/cache/restore',
  'actions/cache/save',
  'actions/checkout',
  'actions/dependency-review-action',
  'actions/download-artifact',
  'actions/github-script',
  'actions/setup-go',
  'actions/setup-java',
  'actions/setup-node',
  'actions/setup-python',
  'actions/upload-artifact',
  'actions/upload-artifact/merge',
  'anchore/sbom-action',
  'anchore/sbom-action/download-syft',
  'anchore/sbom-action/publish-sbom',
  'anchore/scan-action',
  'anchore/scan-action/download-grype',
  'astral-sh/setup-uv',
  'docker/build-push-action',
  'docker/login-action',
  'docker/metadata-action',
  'docker/setup-buildx-action',
  'github/codeql-action/analyze',
  'github/codeql-action/autobuild',
  'github/codeql-action/init',
  'github/codeql-action/resolve-environment',
  'github/codeql-action/setup-codeql',
  'github/codeql-action/start-proxy',
  'github/codeql-action/upload-sarif',
  'gitleaks/gitleaks-action',
  'golangci/golangci-lint-action',
  'gradle/actions/dependency-submission',
  'gradle/actions/setup-gradle',
  'gradle/actions/wrapper-validation',
  'pnpm/action-setup',
  'step-security/harden-runner',
]);

/**
 * What other actions use in turn, as their `action.yml` said in August 2026. `true`: lists of steps whose own actions are
 * pinned by commit, or that check what they download. `false`: containers from an image named by a tag, which can move.
 */
const OTHERS: Record<string, boolean> = {
  'actions/attest-build-provenance': true,
  'actions/attest-sbom': true,
  'aquasecurity/trivy-action': true,
  'sigstore/cosign-installer': true,
  'google/osv-scanner-action/osv-scanner-action': false,
  'google/osv-scanner-action/osv-reporter-action': false,
  'google/osv-scanner-action/.github/workflows/osv-scanner-reusable.yml': false,
  'google/osv-scanner-action/.github/workflows/osv-scanner-reusable-pr.yml':
    false,
  'ossf/scorecard-action': false,
};

/**
 * Whether what an action fetches in turn is fixed by its commit.
 *
 * @param name - `owner/repository/path`
 * @returns `undefined` for actions not known
 */
export function isFixedInside(name: string): boolean | undefined {
  const key = name.toLowerCase();
  if (PROGRAMS.has(key)) {
    return true;
  }
  return Object.hasOwn(OTHERS, key) ? OTHERS[key] : undefined;
}
