import type { ScanKind } from './pipelineData';

/** What a native step of Harness does for delivery and security. */
export interface HarnessStepKind {
  /** `verify`: checks a signature or attestation; `test`: asks the running service. */
  does?: 'deploy' | 'build' | 'verify' | 'test' | 'rollback';
  scan?: ScanKind;
}

const PREFIX = 'harness/';

/** Steps of Harness by their type in lower case. */
const KINDS: [RegExp, HarnessStepKind][] = [
  [/^\w*rollback(v2)?$/, { does: 'rollback' }],
  [
    /^(\w+deploy(ment)?(v2)?|k8sapply|ecsbluegreencreateservice|gitopssync)$/,
    { does: 'deploy' },
  ],
  [/^buildandpush\w+$/, { does: 'build' }],
  [/^(slsaverification|sscaartifactverification)$/, { does: 'verify' }],
  [/^http$/, { does: 'test' }],
  [
    /^(grype|aquatrivy|aquasecurity|osvscanner|osv|owasp|snyk|blackduck|sysdig|prismacloud|anchore|whitesource|jfrogxray)$/,
    { scan: 'sca' },
  ],
  [
    /^(semgrep|codeql|bandit|brakeman|checkmarx|veracode|sonarqube|fortify\w*|shiftleft)$/,
    { scan: 'sast' },
  ],
  [/^gitleaks$/, { scan: 'secrets' }],
  [/^sscaorchestration$/, { scan: 'sbom' }],
  [/^(provenance|sscaartifactsigning)$/, { scan: 'provenance' }],
];

/** A native step of Harness as the name of an action. */
export function harnessAction(type: string): string {
  return `${PREFIX}${type.toLowerCase()}`;
}

/** What a step does; nothing for an action that is none of Harness. */
export function harnessStepKind(action: string): HarnessStepKind {
  if (!action.startsWith(PREFIX)) {
    return {};
  }
  const type = action.slice(PREFIX.length);
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? {};
}
