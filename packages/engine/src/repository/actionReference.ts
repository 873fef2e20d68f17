import { advisoriesFor } from './actionAdvisories';
import { isFixedInside } from './actionDepth';
import { isCommentTrue } from './actionReleases';
import type { Action } from './pipelineData';
import type { UsesReference } from './workflow';

/** Actions that ran on a Node.js GitHub has retired (20 and before) up to the version before the one given. */
const MODERN_SINCE: Record<string, number> = {
  'actions/checkout': 5,
  'actions/setup-node': 5,
  'actions/setup-python': 6,
  'actions/setup-go': 6,
  'actions/setup-java': 5,
  'actions/setup-dotnet': 5,
  'actions/cache': 5,
  'actions/cache/restore': 5,
  'actions/cache/save': 5,
  'actions/upload-artifact': 6,
  'actions/download-artifact': 7,
  'actions/attest': 4,
  'actions/github-script': 8,
  'actions/dependency-review-action': 5,
  'github/codeql-action/init': 4,
  'github/codeql-action/analyze': 4,
  'github/codeql-action/autobuild': 4,
  'github/codeql-action/upload-sarif': 4,
  'docker/build-push-action': 7,
  'docker/setup-buildx-action': 4,
  'docker/login-action': 4,
  'docker/metadata-action': 6,
  'astral-sh/setup-uv': 7,
  'pnpm/action-setup': 5,
  'golangci/golangci-lint-action': 9,
};

/** Actions that are containers or lists of steps, at any version: no Node.js of their own. */
const WITHOUT_NODE = new Set([
  'actions/attest-build-provenance',
  'actions/attest-sbom',
  'aquasecurity/trivy-action',
  'google/osv-scanner-action/osv-scanner-action',
  'google/osv-scanner-action/osv-reporter-action',
  'hadolint/hadolint-action',
  'ossf/scorecard-action',
  'sigstore/cosign-installer',
  'trufflesecurity/trufflehog',
  'zizmorcore/zizmor-action',
]);

/** Major version a reference asks for, by its tag or by the comment beside its hash. */
export function majorVersion(options: {
  ref?: string;
  comment?: string;
}): number | undefined {
  const found = [options.ref, options.comment]
    .map(text => /^v?(\d{1,4})(\.|$|\s)/.exec(text ?? ''))
    .find(match => match !== null);
  return found ? Number(found[1]) : undefined;
}

function retiredRuntime(
  name: string,
  major: number | undefined,
): boolean | undefined {
  if (WITHOUT_NODE.has(name)) {
    return false;
  }
  const since = Object.hasOwn(MODERN_SINCE, name)
    ? MODERN_SINCE[name]
    : undefined;
  return since === undefined || major === undefined ? undefined : major < since;
}

/** What a `uses` refers to, and whether it can change under the repository's feet. */
export function describeUses(
  uses: UsesReference,
  isLocked: (key: string) => boolean | undefined,
): Action {
  const { file, line, text, comment } = uses;
  const note = comment === undefined ? {} : { comment };
  if (text.startsWith('./') || text.startsWith('$/')) {
    return {
      file,
      line,
      uses: text,
      kind: 'local',
      name: text,
      ref: '',
      local: true,
      pinned: true,
      locked: false,
      retiredRuntime: false,
      commentTrue: true,
      advisories: [],
      fixedInside: true,
      ...note,
    };
  }
  if (text.startsWith('docker://')) {
    const image = text.slice('docker://'.length);
    const [name, digest] = image.split('@');
    const pinned = /^sha256:[0-9a-f]{64}$/.test(digest ?? '');
    return {
      file,
      line,
      uses: text,
      kind: 'docker',
      name,
      ref: digest ?? '',
      local: false,
      pinned,
      locked: false,
      retiredRuntime: false,
      commentTrue: true,
      advisories: [],
      fixedInside: pinned,
      ...note,
    };
  }
  const at = text.lastIndexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const ref = at < 0 ? '' : text.slice(at + 1);
  const repository = name.split('/').slice(0, 2).join('/');
  const isWorkflow = /\/\.github\/workflows\/[^/]+\.ya?ml$/.test(name);
  const retired = isWorkflow
    ? false
    : retiredRuntime(name.toLowerCase(), majorVersion({ ref, comment }));
  const locked = isLocked(`${repository}@${ref}`);
  const pinned = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(ref);
  const commentTrue = pinned
    ? isCommentTrue({ name, sha: ref, comment })
    : true;
  const fixedInside = isFixedInside(name);
  return {
    file,
    line,
    uses: text,
    kind: isWorkflow ? 'workflow' : 'action',
    name,
    ref,
    local: false,
    pinned,
    advisories: advisoriesFor({ name, ref, comment, pinned }),
    ...(commentTrue === undefined ? {} : { commentTrue }),
    ...(fixedInside === undefined ? {} : { fixedInside }),
    ...(locked === undefined ? {} : { locked }),
    ...(retired === undefined ? {} : { retiredRuntime: retired }),
    ...note,
  };
}
