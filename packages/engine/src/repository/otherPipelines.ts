import { GITLAB_FILE, readGitlabPipeline } from './gitlabJobs';
import { readHarnessPipeline } from './harnessPipelines';
import { childOf } from './locatedTree';
import { isHarnessPath } from './otherGraphs';
import { jobCommands, type PipelineCommands } from './pipelineCommands';
import type { Pipeline, Scan } from './pipelineData';
import type { Repository } from './repositoryFile';

/** CI systems that are recognised by their file and not read. */
const UNREAD_SYSTEMS: [RegExp, string][] = [
  [/(^|\/)Jenkinsfile$/, 'jenkins'],
  [/^\.circleci\/config\.ya?ml$/, 'circleci'],
  [/^\.?azure-pipelines\.ya?ml$/, 'azure-pipelines'],
  [/^\.travis\.ya?ml$/, 'travis'],
  [/^bitbucket-pipelines\.ya?ml$/, 'bitbucket'],
  [/^\.drone\.ya?ml$/, 'drone'],
  [/^\.woodpecker(\.ya?ml$|\/[^/]+\.ya?ml$)/, 'woodpecker'],
  [/^\.buildkite\/pipeline\.ya?ml$/, 'buildkite'],
  [/^\.tekton\/.+\.ya?ml$/, 'tekton'],
  [/^cloudbuild\.ya?ml$/, 'cloud-build'],
  [/^buildspec\.ya?ml$/, 'codebuild'],
];

/** GitLab's own templates and components that scan. */
const GITLAB_TEMPLATES: [RegExp, NonNullable<Scan['kind']>][] = [
  [/(^|\/)SAST(\.latest)?\.gitlab-ci\.yml$|\/components\/sast\//, 'sast'],
  [
    /(^|\/)Secret-Detection(\.latest)?\.gitlab-ci\.yml$|\/components\/secret-detection\//,
    'secrets',
  ],
  [
    /(^|\/)Dependency-Scanning(\.latest)?\.gitlab-ci\.yml$|\/components\/dependency-scanning\//,
    'sca',
  ],
];

function describeGitlab(repository: Repository): PipelineCommands & {
  pipelines: Pipeline[];
} {
  const found = {
    pipelines: [] as Pipeline[],
    runs: [] as PipelineCommands['runs'],
    scans: [] as PipelineCommands['scans'],
    installs: [] as PipelineCommands['installs'],
  };
  const read = readGitlabPipeline(repository);
  if (read === 'absent') {
    return found;
  }
  const place = { file: GITLAB_FILE, line: 1 };
  if (read === 'unreadable') {
    const unread = { ...place, unreadable: true } as const;
    found.pipelines.push(unread);
    found.runs.push(unread);
    found.scans.push(unread);
    found.installs.push(unread);
    return found;
  }
  const { files, jobs, triggers, buildsTwice } = read;
  for (const { name, ...at } of files.open) {
    const known = GITLAB_TEMPLATES.filter(([pattern]) => pattern.test(name));
    for (const [, kind] of known) {
      const scan = { ...at, kind, tool: 'gitlab', gate: true };
      found.scans.push({ ...scan, ...triggers });
    }
    if (known.length === 0) {
      const open = { ...at, ...triggers };
      found.runs.push({ ...open, command: `include ${name}` });
      found.scans.push(open);
    }
  }
  found.pipelines.push({
    ...place,
    system: 'gitlab-ci',
    name: GITLAB_FILE,
    builds: jobs.length > 0 || files.open.length > 0,
    ...triggers,
    ...(buildsTwice === undefined ? {} : { buildsTwice }),
  });
  for (const { planned, node } of jobs) {
    const { job, workflow } = planned;
    if (childOf(node, 'trigger')) {
      const open = {
        file: workflow.file,
        line: job.line,
        ...planned.triggers,
      };
      found.runs.push({ ...open, command: `trigger ${job.name}` });
      found.scans.push(open);
    }
    const commands = jobCommands(repository, planned);
    found.runs.push(...commands.runs);
    found.scans.push(...commands.scans);
    found.installs.push(...commands.installs);
  }
  return found;
}

type Found = PipelineCommands & { pipelines: Pipeline[] };

function addUnread(found: Found, system: string, file: string): void {
  const open = { file, line: 1 };
  found.pipelines.push({ ...open, system, name: file });
  found.runs.push({ ...open, command: file });
  found.scans.push(open);
  found.installs.push(open);
}

/** When a pipeline of Harness runs is kept outside of its file. */
function addHarness(found: Found, repository: Repository, file: string): void {
  const read = readHarnessPipeline(repository, file);
  if (read === 'unread') {
    addUnread(found, 'harness', file);
  }
  if (typeof read === 'string') {
    return;
  }
  const { graph, name, rollbacks } = read;
  found.pipelines.push({
    file,
    line: 1,
    system: 'harness',
    name,
    builds: graph.jobs.length > 0,
  });
  for (const planned of graph.jobs) {
    const commands = jobCommands(repository, planned);
    found.runs.push(...commands.runs);
    found.scans.push(...commands.scans);
    found.installs.push(...commands.installs);
  }
  found.runs.push(...rollbacks);
}

/**
 * Pipelines outside of GitHub workflows. GitLab's and those of Harness are read; of other systems only the file is
 * known, so what they run stays open.
 */
export function describeOtherPipelines(
  repository: Repository,
): PipelineCommands & { pipelines: Pipeline[] } {
  const found = describeGitlab(repository);
  for (const file of repository.paths.filter(isHarnessPath)) {
    addHarness(found, repository, file);
  }
  for (const file of repository.paths) {
    const system = UNREAD_SYSTEMS.find(([name]) => name.test(file))?.[1];
    if (system) {
      addUnread(found, system, file);
    }
  }
  return found;
}
