import { readGitlabFiles, referencedItems } from './gitlabIncludes';
import {
  childOf,
  entriesOf,
  type Located,
  textOf,
  textsOf,
  valueOf,
} from './locatedTree';
import { type PipelineCommands, scriptCommands } from './pipelineCommands';
import type { Pipeline, Scan, Triggers } from './pipelineData';
import type { Repository } from './repositoryFile';
import { bothTriggers } from './triggers';

const GITLAB_FILE = '.gitlab-ci.yml';
const GITLAB_KEYWORDS = new Set(
  'default include stages variables workflow image services cache before_script after_script spec pages:deploy'.split(
    ' ',
  ),
);

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
  [/^\.harness\/.+\.ya?ml$/, 'harness'],
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

/** Whether the rules keep nothing out: none forbids, and the last one has no condition and waits for nobody. */
function takesTheRest(rules: Located[]): boolean {
  const whens = rules.map(rule => textOf(childOf(rule, 'when')));
  const last = rules[rules.length - 1];
  return (
    last?.kind === 'map' &&
    ['if', 'changes', 'exists'].every(key => !childOf(last, key)) &&
    whens.every(when => !/^(never|manual|delayed|on_failure)$/.test(when ?? ''))
  );
}

function ruleTriggers(
  node: Located | undefined,
  byName: ReadonlyMap<string, Located>,
): Triggers {
  const rules = childOf(node, 'rules');
  const only = childOf(node, 'only');
  const except = childOf(node, 'except');
  if (!rules && !only && !except) {
    return { pullRequest: true, defaultBranch: true };
  }
  const items = referencedItems(rules, byName);
  if (rules && takesTheRest(items)) {
    return { pullRequest: true, defaultBranch: true };
  }
  const runs = items
    .filter(rule => textOf(childOf(rule, 'when')) !== 'never')
    .map(rule => textOf(childOf(rule, 'if')) ?? '');
  const refs = [...textsOf(only), ...textsOf(childOf(only, 'refs'))];
  const triggers: Triggers = {};
  if (
    refs.includes('merge_requests') ||
    runs.some(text =>
      /^\s*\$CI_PIPELINE_SOURCE\s*==\s*["']merge_request_event["']\s*$|^\s*\$CI_MERGE_REQUEST_(ID|IID)\s*$/.test(
        text,
      ),
    )
  ) {
    triggers.pullRequest = true;
  }
  if (
    refs.some(ref => /^(main|master|branches)$/.test(ref)) ||
    runs.some(text =>
      /^\s*\$CI_COMMIT_BRANCH(\s*==\s*(\$CI_DEFAULT_BRANCH|["'](main|master)["']))?\s*$/.test(
        text,
      ),
    )
  ) {
    triggers.defaultBranch = true;
  }
  return triggers;
}

function describeGitlab(repository: Repository): PipelineCommands & {
  pipelines: Pipeline[];
} {
  const found = {
    pipelines: [] as Pipeline[],
    runs: [] as PipelineCommands['runs'],
    scans: [] as PipelineCommands['scans'],
    installs: [] as PipelineCommands['installs'],
  };
  const read = readGitlabFiles(repository);
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
  // Where a name is written twice, the file that includes the other has the last word.
  const merged = new Map(
    [...read.files]
      .reverse()
      .flatMap(({ root }) =>
        entriesOf(root).map(([name, entry]) => [name, entry.node] as const),
      ),
  );
  const [{ root: main }] = read.files;
  const pipeline = ruleTriggers(merged.get('workflow'), merged);
  for (const { name, ...at } of read.open) {
    const known = GITLAB_TEMPLATES.filter(([pattern]) => pattern.test(name));
    for (const [, kind] of known) {
      const scan = { ...at, kind, tool: 'gitlab', gate: true };
      found.scans.push({ ...scan, ...pipeline });
    }
    if (known.length === 0) {
      const open = { ...at, ...pipeline };
      found.runs.push({ ...open, command: `include ${name}` });
      found.scans.push(open);
    }
  }
  const jobs = read.files.flatMap(({ file, root }) =>
    entriesOf(root)
      .filter(
        ([name, { node }]) =>
          !GITLAB_KEYWORDS.has(name) &&
          !name.startsWith('.') &&
          node.kind === 'map',
      )
      .map(([name, { line, node }]) => ({ name, file, line, node })),
  );
  found.pipelines.push({
    ...place,
    system: 'gitlab-ci',
    name: GITLAB_FILE,
    builds: jobs.length > 0 || read.open.length > 0,
    ...pipeline,
  });
  for (const { name, file, line, node } of jobs) {
    const inherited = textsOf(childOf(node, 'extends'));
    const bases = inherited.map(base => merged.get(base));
    const sources = [node, ...bases, merged.get('default'), main];
    const downstream = childOf(node, 'trigger');
    if (downstream) {
      const open = { file, line, ...pipeline };
      found.runs.push({ ...open, command: `trigger ${name}` });
      found.scans.push(open);
    }
    const first = (key: string) =>
      sources.map(source => childOf(source, key)).find(n => n !== undefined);
    const ruled = [node, ...bases].find(
      n => childOf(n, 'rules') ?? childOf(n, 'only') ?? childOf(n, 'except'),
    );
    const allowed = first('allow_failure');
    const allowedValue = allowed ? valueOf(allowed) : false;
    const isGate =
      typeof allowedValue === 'boolean' ? !allowedValue : undefined;
    for (const key of ['before_script', 'script', 'after_script']) {
      const lines = first(key);
      for (const item of lines?.kind === 'list' ? lines.items : [lines]) {
        const text = textOf(item);
        if (item?.kind === 'scalar' && text !== undefined) {
          const commands = scriptCommands({
            repository,
            script: {
              file,
              line: item.textLine,
              text,
              workingDirectory: '',
            },
            triggers: bothTriggers(pipeline, {
              ...ruleTriggers(ruled, merged),
              schedule: true,
            }),
            gate: key === 'after_script' ? false : isGate,
            pipefail: true,
          });
          found.runs.push(...commands.runs);
          found.scans.push(...commands.scans);
          found.installs.push(...commands.installs);
        }
      }
    }
  }
  return found;
}

/**
 * Pipelines outside of GitHub workflows. GitLab's are read; of other systems only the file is known, so what they run
 * stays open.
 */
export function describeOtherPipelines(
  repository: Repository,
): PipelineCommands & { pipelines: Pipeline[] } {
  const found = describeGitlab(repository);
  for (const file of repository.paths) {
    const system = UNREAD_SYSTEMS.find(([name]) => name.test(file))?.[1];
    if (system) {
      const open = { file, line: 1 };
      found.pipelines.push({ ...open, system, name: file });
      found.runs.push({ ...open, command: file });
      found.scans.push(open);
      found.installs.push(open);
    }
  }
  return found;
}
