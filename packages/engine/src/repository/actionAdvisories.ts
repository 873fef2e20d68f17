import { commentedVersion } from './actionReleases';

interface Advisory {
  /** `owner/repository` in lower case. */
  action: string;
  id: string;
  /**
   * `hijacked`: tags were moved to malicious commits, so a hash of before is safe. `vulnerable`: the code of the versions
   * is at fault, however it is referred to.
   */
  kind: 'hijacked' | 'vulnerable';
  /** First version affected; all from the first on when absent. */
  from?: string;
  /** First version not affected; none is known when absent. */
  fixed?: string;
  /** Only these tags. */
  tags?: string[];
  /** Malicious commits, whole or their beginning. */
  commits?: string[];
}

/**
 * Versions and commits of actions nobody should run.
 *
 * Sources: GitHub Advisory Database, ecosystem "GitHub Actions" (CC-BY 4.0), under each id; for the hijackings also
 * aquasecurity/trivy-action#541, xunleii/terraform-module-k3s#231, reviewdog/reviewdog#2079, tektoncd/pipeline#9552,
 * apache/infrastructure-actions#1035, umijs/qiankun#3209 and midnightntwrk/compact#33 on GitHub. As of November 2026.
 */
const ADVISORIES: Advisory[] = [
  {
    action: 'aquasecurity/trivy-action',
    id: 'CVE-2026-33634',
    kind: 'hijacked',
    fixed: '0.35.0',
    commits: ['ddb9da4475c1cef7d5389062bdfdfbdbd1394648', '3d1b5be1'],
  },
  {
    action: 'aquasecurity/setup-trivy',
    id: 'CVE-2026-33634',
    kind: 'hijacked',
    fixed: '0.2.6',
  },
  {
    action: 'checkmarx/kics-github-action',
    id: 'hijacked 2026-03-23',
    kind: 'hijacked',
  },
  {
    action: 'actions-cool/issues-helper',
    id: 'hijacked 2026-05-18',
    kind: 'hijacked',
  },
  {
    action: 'actions-cool/maintain-one-comment',
    id: 'hijacked 2026-05-18',
    kind: 'hijacked',
  },
  {
    action: 'tj-actions/changed-files',
    id: 'CVE-2025-30066',
    kind: 'hijacked',
    fixed: '46.0.1',
    commits: ['0e58ed8671d6b60d0890c21b07f8835ace038e67'],
  },
  {
    action: 'reviewdog/action-setup',
    id: 'CVE-2025-30154',
    kind: 'hijacked',
    tags: ['v1'],
    commits: ['f0d342d24037bb11d26b9bd8496e0808ba32e9ec'],
  },
  {
    action: 'tj-actions/changed-files',
    id: 'CVE-2023-51664',
    kind: 'vulnerable',
    fixed: '41.0.0',
  },
  {
    action: 'tj-actions/branch-names',
    id: 'CVE-2023-49291',
    kind: 'vulnerable',
    fixed: '7.0.7',
  },
  {
    action: 'actions/download-artifact',
    id: 'CVE-2024-42471',
    kind: 'vulnerable',
    from: '4.0.0',
    fixed: '4.1.3',
  },
  {
    action: 'dawidd6/action-download-artifact',
    id: 'GHSA-5xr6-xhww-33m4',
    kind: 'vulnerable',
    fixed: '6.0.0',
  },
  {
    action: 'sonarsource/sonarqube-scan-action',
    id: 'CVE-2025-58178',
    kind: 'vulnerable',
    from: '4.0.0',
    fixed: '5.3.1',
  },
  {
    action: 'rlespinasse/github-slug-action',
    id: 'CVE-2023-27581',
    kind: 'vulnerable',
    from: '4.0.0',
    fixed: '4.4.1',
  },
  {
    action: 'step-security/harden-runner',
    id: 'CVE-2024-52587',
    kind: 'vulnerable',
    fixed: '2.10.2',
  },
  {
    action: 'azure/setup-kubectl',
    id: 'CVE-2023-23939',
    kind: 'vulnerable',
    fixed: '3.0.0',
  },
  {
    action: 'atlassian/gajira-create',
    id: 'CVE-2020-14188',
    kind: 'vulnerable',
    fixed: '2.0.1',
  },
  {
    action: 'atlassian/gajira-comment',
    id: 'CVE-2020-14189',
    kind: 'vulnerable',
    fixed: '2.0.2',
  },
];

/** Parts of `v1.2.3` as numbers; missing ones are as given. A floating `v4` is the newest of its major. */
function parts(version: string, missing: number): number[] {
  const written = version.replace(/^v/, '').split('.').map(Number);
  return [0, 1, 2].map(index => written[index] ?? missing);
}

function isBefore(a: number[], b: number[]): boolean {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index >= 0 && a[index] < b[index];
}

function isAffected(advisory: Advisory, version: string): boolean {
  const at = parts(version, Infinity);
  const { from, fixed } = advisory;
  return (
    (from === undefined || !isBefore(at, parts(from, 0))) &&
    (fixed === undefined || isBefore(at, parts(fixed, 0)))
  );
}

function applies(
  advisory: Advisory,
  reference: { ref: string; comment?: string; pinned: boolean },
): boolean {
  const { ref, pinned } = reference;
  if (pinned && advisory.commits?.some(commit => ref.startsWith(commit))) {
    return true;
  }
  if (advisory.kind === 'hijacked') {
    if (pinned) {
      return false;
    }
    const isVersion = commentedVersion(ref) === ref;
    if (advisory.tags) {
      return advisory.tags.includes(ref);
    }
    return isVersion ? isAffected(advisory, ref) : advisory.fixed === undefined;
  }
  const version = commentedVersion(pinned ? reference.comment : ref);
  return version !== undefined && isAffected(advisory, version);
}

/**
 * Advisories that a reference to an action falls under. A version is taken from the tag, or for a hash from the comment
 * beside it; a hash without a version comment matches by itself only.
 *
 * @returns ids, none for what is not in the list
 */
export function advisoriesFor(reference: {
  name: string;
  ref: string;
  comment?: string;
  pinned: boolean;
}): string[] {
  const action = reference.name.toLowerCase().split('/').slice(0, 2).join('/');
  return ADVISORIES.filter(
    advisory => advisory.action === action && applies(advisory, reference),
  ).map(({ id }) => id);
}
