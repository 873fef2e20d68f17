import { actionScans } from './actionKinds';
import { commandKinds } from './commandKinds';
import { harnessStepKind } from './harnessSteps';
import { imageBuildOf } from './imageCommands';
import { activitiesOf, type Activity } from './jobActivities';
import { type JobOrder, jobOrder } from './jobOrder';
import type { Repository } from './repositoryFile';
import type { Attestation, Publish } from './supplyChainData';
import { publishesWithProvenance } from './npmProvenance';
import { localPath } from './workflowCalls';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

const PUBLISHING_ACTIONS =
  /^(softprops\/action-gh-release|ncipollo\/release-action|goreleaser\/goreleaser-action|pypa\/gh-action-pypi-publish|js-devtools\/npm-publish|cycjimmy\/semantic-release-action|changesets\/action|actions\/attest(-build-provenance|-sbom)?|slsa-framework\/slsa-github-generator\/.+|redhat-actions\/push-to-registry)$/;
const PUBLISHING_NAME = /(^|[^a-z])(release|publish|push|image|ship)/i;
/** Events that start releases; a call counts as what calls it. */
const RELEASE_EVENTS =
  /^(push|release|create|workflow_dispatch|repository_dispatch|workflow_run|deployment|registry_package)$/;

function commandPublishes({ program, text }: Activity): boolean {
  const [tool = '', ...args] = program;
  const [first = '', second = ''] = args.filter(arg => !arg.startsWith('-'));
  if (/--dry-run(?!=false)/.test(text)) {
    return false;
  }
  switch (tool) {
    case 'semantic-release':
    case 'release-it':
    case 'np':
      return !args.includes('-d');
    case 'changeset':
    case 'lerna':
      return first === 'publish';
    case 'docker':
    case 'podman':
    case 'buildah':
    case 'crane':
    case 'oras':
      return (
        first === 'push' ||
        (tool === 'docker' && first === 'image' && second === 'push') ||
        (tool === 'docker' && text.includes('bake') && text.includes('--push'))
      );
    case 'skopeo':
      return first === 'copy';
    case 'ko':
      return /^(build|publish|apply|resolve)$/.test(first);
    case 'helm':
      return first === 'push';
    case 'npm':
    case 'pnpm':
    case 'cargo':
    case 'poetry':
    case 'uv':
    case 'hatch':
    case 'flit':
      return first === 'publish';
    case 'yarn':
      return first === 'publish' || (first === 'npm' && second === 'publish');
    case 'gem':
      return first === 'push';
    case 'twine':
      return first === 'upload';
    case 'mvn':
    case 'mvnw':
      return args.some(arg => /^(deploy|release:perform)$/.test(arg));
    case 'gradle':
    case 'gradlew':
      return args.some(arg => /publish/i.test(arg));
    case 'goreleaser':
      return first === 'release' && !args.includes('--snapshot');
    case 'gh':
      return first === 'release' && /^(create|upload)$/.test(second);
    case 'cosign':
      return /^(sign|attest)/.test(first);
    default:
      return false;
  }
}

/** Whether an activity puts something where others take it from. A push that an expression decides counts. */
export function publishes(activity: Activity): boolean {
  const build = imageBuildOf(activity);
  if (build) {
    return build.pushes !== false;
  }
  return activity.action !== ''
    ? PUBLISHING_ACTIONS.test(activity.action) ||
        harnessStepKind(activity.action).scan === 'provenance' ||
        (activity.action === 'docker/bake-action' &&
          activity.input('push') !== '' &&
          activity.input('push') !== 'false')
    : commandPublishes(activity);
}

function isCallElsewhere({ job }: PlannedJob): boolean {
  return job.uses !== undefined && localPath(job.uses.text) === undefined;
}

/** Whether a job is reached when something is released, through calls of its workflow too. */
function isForReleases(
  planned: PlannedJob,
  order: JobOrder,
  depth = 0,
): boolean {
  const events = [...planned.workflow.events.keys()];
  if (events.some(event => RELEASE_EVENTS.test(event))) {
    return true;
  }
  if (!events.includes('workflow_call')) {
    return false;
  }
  const callers = order.callers(planned);
  return (
    callers.length === 0 ||
    (depth < 10 &&
      callers.some(caller => isForReleases(caller, order, depth + 1)))
  );
}

/** Whether a condition keeps a step to pull requests. */
function isForChangesOnly({ condition }: Activity): boolean {
  return /github\.event_name\s*==\s*'pull_request'/.test(condition ?? '');
}

/** Whether PyPI's own action attests: it does by default with trusted publishing, which takes no password. */
function attestsForPyPi({ action, input }: Activity): boolean {
  const asked = input('attestations');
  return (
    action === 'pypa/gh-action-pypi-publish' &&
    (asked === 'true' || (asked === '' && input('password') === ''))
  );
}

function kindsOf(
  repository: Repository,
  planned: PlannedJob,
  activity: Activity,
): Attestation['kind'][] {
  const { action, program, text } = activity;
  const build = imageBuildOf(activity);
  const kinds: (string | undefined)[] = [
    build?.sbom ? 'sbom' : undefined,
    build?.provenance ? 'provenance' : undefined,
  ];
  if (action !== '') {
    const { scans } = actionScans(
      { file: '', line: 1, text: activity.text },
      activity.inputs,
    );
    kinds.push(...scans.map(({ kind }) => kind));
    const format = activity.input('format');
    kinds.push(
      /^(cyclonedx|spdx)/.test(format) ||
        (action === 'actions/attest' && activity.input('sbom-path') !== '')
        ? 'sbom'
        : undefined,
      attestsForPyPi(activity) ? 'provenance' : undefined,
    );
  } else {
    const { scans } = commandKinds(program, { ci: true, modernYarn: false });
    kinds.push(...scans.map(({ kind }) => kind));
    const makesSbom =
      /^(trivy|grype|osv-scanner|docker)$/.test(program[0] ?? '') &&
      /\bsbom\b|(cyclonedx|spdx)/.test(text);
    const statesOrigin =
      commandPublishes(activity) &&
      publishesWithProvenance(repository, planned, activity);
    kinds.push(makesSbom ? 'sbom' : undefined);
    kinds.push(statesOrigin ? 'provenance' : undefined);
  }
  return [...new Set(kinds)].filter(
    kind => kind === 'sbom' || kind === 'provenance',
  );
}

/** What pipelines publish, and what they say of it. Calls of workflows elsewhere stay open. */
export function describePublishing(
  repository: Repository,
  graph: WorkflowGraph,
): { publishes: Publish[]; attestations: Attestation[] } {
  const order = jobOrder(graph);
  const found = {
    publishes: [] as Publish[],
    attestations: [] as Attestation[],
  };
  for (const planned of graph.jobs) {
    const { job, workflow } = planned;
    const isRelease = isForReleases(planned, order);
    for (const activity of activitiesOf(repository, planned)) {
      const { file, line } = activity;
      const name = activity.text.slice(0, 300);
      if (publishes(activity)) {
        found.publishes.push({ file, line, job: job.id, name });
      }
      for (const kind of kindsOf(repository, planned, activity)) {
        const release = isRelease && !isForChangesOnly(activity);
        found.attestations.push({ file, line, kind, name, release });
      }
      if (activity.opaque) {
        found.attestations.push({ file, line, name });
      }
    }
    if (isCallElsewhere(planned)) {
      const place = { file: workflow.file, line: job.line };
      const name = job.uses!.text;
      const { scans } = actionScans(job.uses!, undefined);
      const kinds = scans
        .map(({ kind }) => kind)
        .filter(kind => kind === 'sbom' || kind === 'provenance');
      for (const kind of kinds) {
        found.attestations.push({ ...place, kind, name, release: isRelease });
      }
      if (kinds.length === 0) {
        found.attestations.push({ ...place, name });
      }
      if (kinds.length > 0 || PUBLISHING_NAME.test(`${job.id} ${name}`)) {
        found.publishes.push({ ...place, job: job.id, name });
      }
    }
  }
  return found;
}
