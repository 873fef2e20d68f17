import { actionScans, keepsCache } from './actionKinds';
import { expandCommand } from './commandExpansion';
import { commandKinds, type CommandKinds } from './commandKinds';
import { childOf, readTree, textOf, valueOf } from './locatedTree';
import type { Install, JobData, Run, Scan, Triggers } from './pipelineData';
import { releaseActionKinds } from './releaseCommands';
import { normalisePath, type Repository } from './repositoryFile';
import { shellCommands } from './shellCommands';
import { both } from './triggers';
import type { Script } from './workflow';
import type { PlannedJob, WorkflowGraph } from './workflowGraph';

/** What pipelines run, with where and when. */
export interface PipelineCommands {
  runs: Run[];
  scans: Scan[];
  installs: Install[];
}

const MAX_COMMAND_LENGTH = 300;

/** Whether the project's own package manager is npm, or Yarn 2 and later. */
export function packageManagers(repository: Repository): {
  npmPinned: boolean;
  modernYarn: boolean;
} {
  const documents = readTree(repository, 'package.json', 'json');
  const manager =
    typeof documents === 'string'
      ? ''
      : textOf(childOf(documents[0], 'packageManager')) ?? '';
  return {
    npmPinned: manager.startsWith('npm@'),
    modernYarn:
      /^yarn@([2-9]|\d\d)/.test(manager) || repository.has('.yarnrc.yml'),
  };
}

/** `undefined` is left out, as the fact has it. */
function known<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}

/**
 * The commands of one script of a pipeline.
 *
 * @param options.gate - false when the pipeline goes on after a failure of the script
 */
export function scriptCommands(options: {
  repository: Repository;
  script: Pick<Script, 'file' | 'line' | 'text' | 'workingDirectory'>;
  triggers: Triggers;
  gate: boolean | undefined;
  pipefail: boolean;
}): PipelineCommands {
  const { repository, script, triggers } = options;
  const { modernYarn } = packageManagers(repository);
  const found: PipelineCommands = { runs: [], scans: [], installs: [] };
  let folder = normalisePath(script.workingDirectory) ?? '';
  for (const command of shellCommands(script.text, {
    errexit: true,
    pipefail: options.pipefail,
  })) {
    if (command.words[0] === 'cd') {
      folder = normalisePath(`${folder}/${command.words[1] ?? ''}`) ?? '';
    }
    const place = { file: script.file, line: script.line + command.line };
    const expanded = expandCommand({ repository, command, folder });
    const perCommand = expanded.map(
      ({ words, opaque }): CommandKinds =>
        opaque
          ? { does: [], scans: [] }
          : commandKinds(words, { ci: true, modernYarn }),
    );
    expanded.forEach((one, index) => {
      const kinds = perCommand[index];
      if (one.testScript) {
        kinds.does.push('test');
      }
      const gate = both(options.gate, one.gate);
      const text = one.words.join(' ').slice(0, MAX_COMMAND_LENGTH);
      const isOpen = one.opaque && !kinds.does.length;
      found.runs.push(
        known({
          ...place,
          command: text,
          ...triggers,
          gate,
          does: isOpen ? undefined : kinds.does,
        }),
      );
      if (isOpen) {
        found.scans.push(known({ ...place, ...triggers, gate }));
      }
      for (const { kind, tool } of kinds.scans) {
        found.scans.push(known({ ...place, kind, tool, ...triggers, gate }));
      }
      if (kinds.frozen !== undefined) {
        found.installs.push({ ...place, command: text, frozen: kinds.frozen });
      }
    });
  }
  return found;
}

function append(to: PipelineCommands, from: PipelineCommands): void {
  to.runs.push(...from.runs);
  to.scans.push(...from.scans);
  to.installs.push(...from.installs);
}

function gateOf(continueOnError: boolean | undefined): boolean | undefined {
  return continueOnError === undefined ? undefined : !continueOnError;
}

/** Commands, scans and installations of one job. */
export function jobCommands(
  repository: Repository,
  planned: PlannedJob,
): PipelineCommands {
  const { job, workflow } = planned;
  const found: PipelineCommands = { runs: [], scans: [], installs: [] };
  const addUses = (
    uses: NonNullable<typeof job.uses>,
    inputs: Parameters<typeof actionScans>[1],
    triggers: Triggers,
    gate: boolean | undefined,
  ) => {
    const place = { file: uses.file, line: uses.line };
    const { scans, handsOver } = actionScans(uses, inputs);
    for (const scan of scans) {
      found.scans.push(known({ ...place, ...scan, ...triggers, gate }));
    }
    const does = releaseActionKinds(uses.text.replace(/@[^@]*$/, ''));
    if (does.length > 0) {
      found.runs.push(
        known({ ...place, command: uses.text, ...triggers, gate, does }),
      );
    }
    if (handsOver) {
      found.runs.push(
        known({ ...place, command: uses.text, ...triggers, gate }),
      );
      found.scans.push(known({ ...place, ...triggers, gate }));
    }
  };
  if (job.uses) {
    addUses(
      job.uses,
      childOf(job.node, 'with'),
      planned.triggers,
      gateOf(planned.continueOnError),
    );
  }
  if (planned.opaque) {
    const open = { file: workflow.file, line: job.line, ...planned.triggers };
    found.runs.push({ ...open, command: job.id });
    found.scans.push(open);
  }
  for (const { step, triggers, continueOnError } of planned.steps) {
    const gate = gateOf(continueOnError);
    if (step.uses) {
      addUses(step.uses, step.with, triggers, gate);
    }
    if (step.run) {
      append(
        found,
        scriptCommands({
          repository,
          script: step.run,
          triggers,
          gate,
          pipefail: /^bash$|pipefail/.test(step.run.shell ?? ''),
        }),
      );
    }
  }
  return found;
}

/** Commands, scans, installations and jobs of all GitHub workflows. */
export function describeJobs(
  repository: Repository,
  graph: WorkflowGraph,
): PipelineCommands & { jobs: JobData[] } {
  const { npmPinned } = packageManagers(repository);
  const found = {
    jobs: [] as JobData[],
    runs: [] as Run[],
    scans: [] as Scan[],
    installs: [] as Install[],
  };
  for (const planned of graph.jobs) {
    const { job, workflow, triggers } = planned;
    const commands = jobCommands(repository, planned);
    append(found, commands);
    const timeout = childOf(job.node, 'timeout-minutes');
    const minutes = valueOf(timeout);
    found.jobs.push({
      file: workflow.file,
      line: job.line,
      id: job.id,
      ...(job.uses ? {} : { name: job.name }),
      ...triggers,
      reusable: job.uses !== undefined,
      hasTimeout:
        typeof minutes === 'number'
          ? minutes > 0 && minutes < 360
          : typeof minutes === 'string',
      concurrency: planned.concurrency,
      installs: commands.installs.length > 0,
      cached: planned.steps.some(
        ({ step }) =>
          step.uses &&
          keepsCache({ uses: step.uses, inputs: step.with, npmPinned }),
      ),
    });
  }
  for (const file of graph.unreadable) {
    const unread = { file, line: 1, unreadable: true } as const;
    found.jobs.push(unread);
    found.runs.push(unread);
    found.scans.push(unread);
    found.installs.push(unread);
  }
  return found;
}
