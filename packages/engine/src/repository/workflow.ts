import {
  childOf,
  entriesOf,
  entryOf,
  itemsOf,
  type Located,
  type LocatedEntry,
  readTree,
  textOf,
  valueOf,
} from './locatedTree';
import { withoutPathFilters } from './changedPaths';
import type { Repository } from './repositoryFile';
import { workflowEvents } from './triggers';

/** A reference to an action, image or reusable workflow as written. */
export interface UsesReference {
  file: string;
  line: number;
  text: string;
  comment?: string;
}

/** A script as written, with the file and line its text begins on. */
export interface Script {
  file: string;
  line: number;
  text: string;
  /** As set for the step, its job or its workflow. */
  shell?: string;
  workingDirectory: string;
}

export interface Step {
  line: number;
  /** `''` without one. */
  name: string;
  condition?: string;
  /** `undefined` when it depends on an expression. */
  continueOnError: boolean | undefined;
  uses?: UsesReference;
  run?: Script;
  with: Located | undefined;
}

export interface Job {
  id: string;
  name: string;
  line: number;
  condition?: string;
  continueOnError: boolean | undefined;
  needs: string[];
  uses?: UsesReference;
  steps: Step[];
  node: Located;
}

export interface Workflow {
  file: string;
  name: string;
  events: ReturnType<typeof workflowEvents>;
  permissions?: LocatedEntry;
  concurrency: boolean;
  jobs: Job[];
  node: Located;
}

/** A composite action of the repository. */
export interface LocalAction {
  file: string;
  steps: Step[];
}

/** Where GitHub looks for workflows. */
export function isWorkflowPath(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function flag(node: Located | undefined): boolean | undefined {
  if (!node) {
    return false;
  }
  const value = valueOf(node);
  return typeof value === 'boolean' ? value : undefined;
}

function usesOf(file: string, node: Located): UsesReference | undefined {
  const entry = entryOf(node, 'uses');
  const text = textOf(entry?.node);
  if (!entry || text === undefined) {
    return undefined;
  }
  const comment = entry.node.kind === 'scalar' ? entry.node.comment : undefined;
  return { file, line: entry.line, text: text.trim(), comment };
}

interface Defaults {
  shell?: string;
  workingDirectory?: string;
}

function defaultsOf(node: Located, above: Defaults = {}): Defaults {
  const run = childOf(node, 'defaults', 'run');
  return {
    shell: textOf(childOf(run, 'shell')) ?? above.shell,
    workingDirectory:
      textOf(childOf(run, 'working-directory')) ?? above.workingDirectory,
  };
}

function stepsOf(
  file: string,
  node: Located | undefined,
  above: Defaults,
  job?: Located,
) {
  return itemsOf(node)
    .filter(step => step.kind === 'map')
    .map((step): Step => {
      const run = childOf(step, 'run');
      const text = textOf(run);
      return {
        line: step.line,
        name: textOf(childOf(step, 'name')) ?? '',
        condition: withoutPathFilters({
          condition: textOf(childOf(step, 'if')),
          job,
          jobs: undefined,
        }),
        continueOnError: flag(childOf(step, 'continue-on-error')),
        uses: usesOf(file, step),
        run:
          run?.kind === 'scalar' && text !== undefined
            ? {
                file,
                line: run.textLine,
                text,
                shell: textOf(childOf(step, 'shell')) ?? above.shell,
                workingDirectory:
                  textOf(childOf(step, 'working-directory')) ??
                  above.workingDirectory ??
                  '',
              }
            : undefined,
        with: childOf(step, 'with'),
      };
    });
}

function needsOf(node: Located | undefined): string[] {
  return (node?.kind === 'list' ? node.items : [node])
    .map(textOf)
    .filter(text => text !== undefined);
}

/**
 * Reads one GitHub workflow. A file without `on` or `jobs` is no workflow: that is reported, and the file counts as
 * unreadable.
 */
export function readWorkflow(
  repository: Repository,
  file: string,
): Workflow | 'unreadable' {
  const documents = readTree(repository, file, 'yaml');
  if (typeof documents === 'string') {
    return 'unreadable';
  }
  const [node] = documents;
  const jobs = childOf(node, 'jobs');
  const events = workflowEvents(childOf(node, 'on'));
  if (!node || documents.length > 1 || jobs?.kind !== 'map' || !events.size) {
    repository.report({
      file,
      line: 1,
      message: "A workflow is one YAML document with 'on' and 'jobs'",
    });
    return 'unreadable';
  }
  const broken = entriesOf(jobs).find(([, entry]) => {
    const steps = childOf(entry.node, 'steps');
    return (
      entry.node.kind !== 'map' ||
      (textOf(childOf(entry.node, 'uses')) === undefined &&
        steps?.kind !== 'list')
    );
  });
  if (broken) {
    repository.report({
      file,
      line: broken[1].line,
      message: `Job '${broken[0]}' has neither 'steps' nor 'uses'`,
    });
    return 'unreadable';
  }
  const defaults = defaultsOf(node);
  return {
    file,
    name: textOf(childOf(node, 'name')) ?? file,
    events,
    permissions: entryOf(node, 'permissions'),
    concurrency: childOf(node, 'concurrency') !== undefined,
    node,
    jobs: entriesOf(jobs).map(([id, { line, node: job }]) => ({
      id,
      name: textOf(childOf(job, 'name')) ?? id,
      line,
      condition: withoutPathFilters({
        condition: textOf(childOf(job, 'if')),
        job,
        jobs,
      }),
      continueOnError: flag(childOf(job, 'continue-on-error')),
      needs: needsOf(childOf(job, 'needs')),
      uses: usesOf(file, job),
      steps: stepsOf(
        file,
        childOf(job, 'steps'),
        defaultsOf(job, defaults),
        job,
      ),
      node: job,
    })),
  };
}

/**
 * Reads the action in a folder of the repository. Only composite actions have steps.
 *
 * @returns `unreadable` when the folder holds no action that can be read.
 */
export function readLocalAction(
  repository: Repository,
  folder: string,
): LocalAction | 'unreadable' {
  for (const name of ['action.yml', 'action.yaml']) {
    const file = folder === '' ? name : `${folder}/${name}`;
    if (repository.has(file)) {
      const documents = readTree(repository, file, 'yaml');
      if (typeof documents === 'string') {
        return 'unreadable';
      }
      const steps = childOf(documents[0], 'runs', 'steps');
      return { file, steps: stepsOf(file, steps, {}) };
    }
  }
  return 'unreadable';
}
