import { majorVersion } from './actionReference';
import { harnessStepKind } from './harnessSteps';
import { childOf, type Located, textOf, valueOf } from './locatedTree';
import type { ScanKind } from './pipelineData';
import type { UsesReference } from './workflow';

interface KnownScanner {
  /** Matched against the name without its ref, in lower case. */
  name: RegExp;
  kinds: (inputs: (name: string) => string) => ScanKind[];
}

const KNOWN_SCANNERS: KnownScanner[] = [
  {
    name: /^google\/osv-scanner-action\/(osv-scanner-action|\.github\/workflows\/osv-scanner-reusable(-pr)?\.ya?ml)$/,
    kinds: () => ['sca'],
  },
  {
    name: /^(actions\/dependency-review-action|anchore\/scan-action|golang\/govulncheck-action|pypa\/gh-action-pip-audit|rustsec\/audit-check|dependency-check\/dependency-check_action|pyupio\/safety-action|oss-review-toolkit\/ort-ci-github-action|snyk\/actions\/(node|python|golang|gradle|maven|docker|dotnet|php|ruby|scala)[\w.-]*)$/,
    kinds: () => ['sca'],
  },
  {
    name: /^aquasecurity\/trivy-action$/,
    kinds: inputs => {
      const type = inputs('scan-type') || 'image';
      const scanners = inputs('scanners') || 'vuln,secret';
      const isSource = /^(fs|repo|repository|filesystem|rootfs)$/.test(type);
      const kinds: ScanKind[] = [];
      if ((isSource || type === 'image') && scanners.includes('vuln')) {
        kinds.push('sca');
      }
      if (isSource && scanners.includes('secret')) {
        kinds.push('secrets');
      }
      return kinds;
    },
  },
  {
    name: /^(github\/codeql-action\/analyze|returntocorp\/semgrep-action|semgrep\/semgrep-action|sonarsource\/(sonarqube-scan-action|sonarcloud-github-action)|securego\/gosec|pycqa\/bandit-action|bearer\/bearer-action|checkmarx\/ast-github-action|veracode\/veracode-sast.*)$/,
    kinds: () => ['sast'],
  },
  {
    name: /^(gitleaks\/gitleaks-action|trufflesecurity\/trufflehog|gitguardian\/ggshield(-action|\/actions\/secret)|zricethezav\/gitleaks-action)$/,
    kinds: () => ['secrets'],
  },
  {
    name: /^(anchore\/sbom-action|cyclonedx\/gh-[\w-]+|actions\/attest-sbom)$/,
    kinds: () => ['sbom'],
  },
  {
    name: /^(actions\/attest|actions\/attest-build-provenance|slsa-framework\/slsa-github-generator\/.+)$/,
    kinds: () => ['provenance'],
  },
];

/** What a step that uses an action does for security; `handsOver` for a reusable workflow that may do anything. */
export function actionScans(
  uses: UsesReference,
  inputs: Located | undefined,
): { scans: { kind: ScanKind; tool: string }[]; handsOver: boolean } {
  const name = uses.text.replace(/@[^@]*$/, '').toLowerCase();
  const known = KNOWN_SCANNERS.find(scanner => scanner.name.test(name));
  const kinds = known?.kinds(input => textOf(childOf(inputs, input)) ?? '');
  const { scan } = harnessStepKind(name);
  const isRemoteWorkflow =
    /\/\.github\/workflows\/[^/]+$/.test(name) && !/^[.$]\//.test(name);
  return {
    scans: (kinds ?? (scan ? [scan] : [])).map(kind => ({ kind, tool: name })),
    handsOver: isRemoteWorkflow && !known,
  };
}

/**
 * Whether a set-up action keeps the dependencies it or later steps download.
 *
 * @param options.npmPinned - whether `package.json` names npm as its package manager: `setup-node` then caches unasked
 * from version 5 on
 */
export function keepsCache(options: {
  uses: UsesReference;
  inputs: Located | undefined;
  npmPinned: boolean;
}): boolean {
  const { uses, inputs, npmPinned } = options;
  const at = uses.text.lastIndexOf('@');
  const name = uses.text.slice(0, at < 0 ? undefined : at).toLowerCase();
  const major = majorVersion({
    ref: at < 0 ? '' : uses.text.slice(at + 1),
    comment: uses.comment,
  });
  const input = (key: string) => String(valueOf(childOf(inputs, key)) ?? '');
  switch (name) {
    case 'actions/setup-node':
      return (
        !/^(|false)$/.test(input('cache')) ||
        (npmPinned &&
          (major ?? 0) >= 5 &&
          input('package-manager-cache') !== 'false')
      );
    case 'actions/setup-python':
    case 'actions/setup-java':
    case 'actions/setup-dotnet':
    case 'pnpm/action-setup':
      return !/^(|false)$/.test(input('cache'));
    case 'actions/setup-go':
      return input('cache') !== 'false' && (major ?? 4) >= 4;
    case 'astral-sh/setup-uv':
      return input('enable-cache') !== 'false';
    case 'gradle/actions/setup-gradle':
      return input('cache-disabled') !== 'true';
    case 'ruby/setup-ruby':
      return input('bundler-cache') === 'true';
    case 'actions/cache':
    case 'actions/cache/restore':
    case 'swatinem/rust-cache':
      return true;
    default:
      return false;
  }
}
