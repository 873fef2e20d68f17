import { expandCommand } from './commandExpansion';
import { programOf } from './commandProgram';
import { childOf, type Located, textOf, valueOf } from './locatedTree';
import type { Triggers } from './pipelineData';
import { normalisePath, type Repository } from './repositoryFile';
import { shellCommands } from './shellCommands';
import { both } from './triggers';
import type { PlannedJob } from './workflowGraph';

/** One thing a job does: a command it runs in the end, or an action it uses. */
export interface Activity {
  file: string;
  line: number;
  /** Name of its step; `''` without one. */
  step: string;
  /** The bare program and its arguments; empty for an action. */
  program: string[];
  /** As written. */
  text: string;
  /** Folder a command runs in. */
  folder: string;
  /** Name of an action without its ref, in lower case; `''` for a command. */
  action: string;
  /** Input of an action as text; `''` when it is not given. */
  input(name: string): string;
  inputs: Located | undefined;
  triggers: Triggers;
  condition: string | undefined;
  /** False when its failure is swallowed; `undefined` when that depends. */
  gate: boolean | undefined;
  /** Hands over to something that cannot be read. */
  opaque: boolean;
}

/** Name of a `uses` without its ref, in lower case. */
export function actionName(uses: string): string {
  return uses.replace(/@[^@]*$/, '').toLowerCase();
}

const known = new WeakMap<PlannedJob, Activity[]>();

function gateOf(continueOnError: boolean | undefined): boolean | undefined {
  return continueOnError === undefined ? undefined : !continueOnError;
}

/** What the steps of a job do, in order: package scripts, make targets, shell files and local actions opened up. */
export function activitiesOf(
  repository: Repository,
  planned: PlannedJob,
): Activity[] {
  const before = known.get(planned);
  if (before) {
    return before;
  }
  const found: Activity[] = [];
  for (const { step, triggers, continueOnError } of planned.steps) {
    const { condition, with: inputs } = step;
    const shared = {
      step: step.name,
      triggers,
      condition,
      inputs,
      input: (name: string) => String(valueOf(childOf(inputs, name)) ?? ''),
    };
    if (step.uses) {
      found.push({
        ...shared,
        file: step.uses.file,
        line: step.uses.line,
        program: [],
        text: step.uses.text,
        folder: '',
        action: actionName(step.uses.text),
        gate: gateOf(continueOnError),
        opaque: false,
      });
    }
    if (step.run) {
      const { run } = step;
      let folder = normalisePath(run.workingDirectory) ?? '';
      for (const command of shellCommands(run.text, {
        errexit: true,
        pipefail: /^bash$|pipefail/.test(run.shell ?? ''),
      })) {
        if (command.words[0] === 'cd') {
          folder = normalisePath(`${folder}/${command.words[1] ?? ''}`) ?? '';
        }
        for (const one of expandCommand({ repository, command, folder })) {
          found.push({
            ...shared,
            file: run.file,
            line: run.line + command.line,
            program: programOf(one.words),
            text: one.words.join(' '),
            folder: one.folder,
            action: '',
            gate: both(gateOf(continueOnError), one.gate),
            opaque: one.opaque,
          });
        }
      }
    }
  }
  known.set(planned, found);
  return found;
}

/** All texts under a node, as written. */
export function textsUnder(node: Located | undefined): string[] {
  if (node?.kind === 'map') {
    return [...node.entries.values()].flatMap(entry => textsUnder(entry.node));
  }
  if (node?.kind === 'list') {
    return node.items.flatMap(textsUnder);
  }
  const text = textOf(node);
  return text === undefined ? [] : [text];
}
