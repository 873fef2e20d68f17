import { keepsCache } from './actionKinds';
import { gitlabCaches } from './gitlabCaches';
import { readGitlabPipeline } from './gitlabJobs';
import { imageBuildOf } from './imageCommands';
import { activitiesOf, type Activity } from './jobActivities';
import { childOf, readTree, valueOf } from './locatedTree';
import { packageManagers } from './pipelineCommands';
import type { Repository } from './repositoryFile';
import { publishes } from './publishing';
import type { CacheUse } from './supplyChainData';
import { either } from './triggers';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

/** How a job uses one cache. */
interface Use {
  file: string;
  line: number;
  name: string;
  /** Caches of different stores are never the same. */
  store: string;
  /** Beginnings of the keys read, as far as no expression changes them; `undefined` when nothing is known. */
  reads: string[] | undefined;
  writes: string[] | undefined;
  /** Whether what it writes is written by runs on pull requests. */
  fromPullRequests: boolean | undefined;
}

const NOTHING: string[] = [];
/** Values that are the same in every job that could share a cache. */
const STABLE =
  /\$\{\{\s*(runner\.(os|arch)|github\.(workflow|job|repository))\s*\}\}/g;

/** The part of a key before the first expression that may differ between runs. */
function stableStart(key: string): string {
  const fixed = key.replace(STABLE, (_, name: string) => `<${name}>`);
  return fixed.split('${{')[0];
}

function keysOf(...texts: string[]): string[] | undefined {
  const keys = texts
    .flatMap(text => text.split('\n'))
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(stableStart);
  return keys.includes('') ? undefined : keys;
}

/** Kleene's answer to whether two uses meet in one cache. */
function meet(
  read: string[] | undefined,
  written: string[] | undefined,
): boolean | undefined {
  if (read?.length === 0 || written?.length === 0) {
    return false;
  }
  if (!read || !written) {
    return undefined;
  }
  return read.some(one =>
    written.some(other => one.startsWith(other) || other.startsWith(one)),
  );
}

/** Caches of BuildKit, by what `type=…,ref=…` says. */
function builderCaches(options: string): { store: string; keys?: string[] }[] {
  return options
    .split('\n')
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(text => {
      if (text.startsWith('${{')) {
        return { store: 'open' };
      }
      const fields = new Map(
        text.split(',').map(field => {
          const [name, ...value] = field.split('=');
          return [name.trim(), value.join('=').trim()] as const;
        }),
      );
      const type = fields.get('type') ?? 'registry';
      const key =
        type === 'gha'
          ? fields.get('scope') ?? 'buildkit'
          : fields.get('ref') ??
            fields.get('src') ??
            fields.get('name') ??
            text;
      return { store: `buildkit-${type}`, keys: keysOf(key) };
    })
    .filter(({ store }) => store !== 'buildkit-inline');
}

function usesOf(
  activity: Activity,
  npmPinned: boolean,
): Omit<Use, 'fromPullRequests'>[] {
  const { file, line, action, text, input, inputs } = activity;
  const place = { file, line, name: text.slice(0, 300) };
  const build = imageBuildOf(activity);
  if (build) {
    const from = builderCaches(build.cacheFrom).map(({ store, keys }) => ({
      ...place,
      store,
      reads: keys,
      writes: NOTHING,
    }));
    const to = builderCaches(build.cacheTo).map(({ store, keys }) => ({
      ...place,
      store,
      reads: NOTHING,
      writes: keys,
    }));
    return [...from, ...to];
  }
  if (/^actions\/cache(\/(restore|save))?$/.test(action)) {
    const keys = keysOf(input('key'), input('restore-keys'));
    return [
      {
        ...place,
        store: 'actions/cache',
        reads: action.endsWith('/save') ? NOTHING : keys,
        writes: action.endsWith('/restore') ? NOTHING : keysOf(input('key')),
      },
    ];
  }
  const isKept =
    action !== '' &&
    keepsCache({ uses: { file, line, text }, inputs, npmPinned });
  if (!isKept) {
    return [];
  }
  // What setup-node keeps unasked is npm's.
  const unnamed = action === 'actions/setup-node' ? 'npm' : 'default';
  const key = input('cache') || input('shared-key') || unnamed;
  const readsOnly =
    (action === 'gradle/actions/setup-gradle' &&
      input('cache-read-only') !== 'false') ||
    input('save-if') === 'false' ||
    input('save-cache') === 'false';
  const isOpen = /\$\{\{/.test(input('save-if') + input('save-cache'));
  const written = readsOnly ? NOTHING : [key];
  return [
    {
      ...place,
      store: action,
      reads: [key],
      writes: isOpen ? undefined : written,
    },
  ];
}

/** Whether a run on a pull request, of whatever event, comes to an activity. */
function runsOnPullRequests(
  planned: PlannedJob,
  activity: Activity,
): boolean | undefined {
  return either(
    activity.triggers.pullRequest,
    planned.workflow.events.has('pull_request_target'),
  );
}

function isTrusted(read: Use, writers: Use[]): boolean | undefined {
  let isOpen = false;
  for (const writer of writers) {
    const isSameStore =
      writer.store === read.store ||
      writer.store === 'open' ||
      read.store === 'open';
    const isShared = isSameStore ? meet(read.reads, writer.writes) : false;
    if (isShared !== false && writer.fromPullRequests !== false) {
      if (isShared && writer.fromPullRequests) {
        return false;
      }
      isOpen = true;
    }
  }
  return isOpen ? undefined : true;
}

/** Turborepo's remote cache, where one is connected: artifacts of it are believed when they are signed. */
function turboCache(
  repository: Repository,
  secrets: readonly { name?: string }[],
): CacheUse[] {
  const file = ['turbo.json', 'turbo.jsonc'].find(path => repository.has(path));
  const isConnected = secrets.some(({ name }) => name === 'TURBO_TOKEN');
  if (!file) {
    return [];
  }
  const documents = readTree(repository, file, 'json');
  const remote =
    typeof documents === 'string'
      ? undefined
      : childOf(documents[0], 'remoteCache');
  const place = { file, line: remote?.line ?? 1, name: 'turbo remote cache' };
  if (typeof documents === 'string') {
    return isConnected ? [place] : [];
  }
  return isConnected || childOf(remote, 'apiUrl')
    ? [{ ...place, trusted: valueOf(childOf(remote, 'signature')) === true }]
    : [];
}

/**
 * Caches that jobs read which publish something, with whether jobs of pull requests write them. Keys are compared as far
 * as no expression changes them; GitHub and GitLab keep caches of branches apart, registries and remote caches do not.
 *
 * @param secrets - the secrets workflows use
 */
export function describeCacheTrust(
  repository: Repository,
  graph: WorkflowGraph,
  secrets: readonly { name?: string }[],
): CacheUse[] {
  const { npmPinned } = packageManagers(repository);
  const gitlab = readGitlabPipeline(repository);
  const kept = new Map(
    (typeof gitlab === 'string' ? [] : gitlab.jobs).map(job => [
      job.planned,
      gitlabCaches(job),
    ]),
  );
  const jobs = graph.jobs.map(planned => {
    const activities = activitiesOf(repository, planned);
    const uses = activities.flatMap(activity =>
      usesOf(activity, npmPinned).map(
        (use): Use => ({
          ...use,
          fromPullRequests: runsOnPullRequests(planned, activity),
        }),
      ),
    );
    return {
      uses: [...uses, ...(kept.get(planned) ?? [])],
      isPublishing: activities.some(publishes),
    };
  });
  const writers = jobs.flatMap(({ uses }) => uses);
  const reads = jobs
    .filter(({ isPublishing }) => isPublishing)
    .flatMap(({ uses }) => uses)
    .filter(({ reads: keys }) => keys?.length !== 0);
  return [
    ...reads.map((read): CacheUse => {
      const { file, line, name } = read;
      const trusted = isTrusted(read, writers);
      return {
        file,
        line,
        name,
        ...(trusted === undefined ? {} : { trusted }),
      };
    }),
    ...turboCache(repository, secrets),
  ];
}
