import type {
  Arg,
  Env,
  Instruction,
  ModifiableInstruction,
} from 'dockerfile-ast';
import { commandKinds } from './commandKinds';
import { programOf } from './commandProgram';
import type { DockerfileRule } from './dockerfileData';
import type { Install } from './pipelineData';
import { type ShellCommand, shellCommands } from './shellCommands';

const DOWNLOADER = /^(curl|wget)$/;
const SHELL = /^((ba|da|z|k)?sh|python[\d.]*|node|perl|ruby)$/;
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;

/** 1-based line an instruction begins on. */
export function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}

/** Whether a command is part of `curl … | sh`, `sh <(curl …)` or `sh -c "$(curl …)"`. */
function downloadsIntoShell(
  command: ShellCommand,
  index: number,
  all: ShellCommand[],
): boolean {
  const [tool = ''] = programOf(command.words);
  const next = programOf(all[index + 1]?.words ?? [])[0] ?? '';
  const isShell = SHELL.test(tool);
  return (
    (DOWNLOADER.test(tool) &&
      /^\|&?$/.test(command.operator) &&
      SHELL.test(next)) ||
    (isShell && command.operator === '(' && DOWNLOADER.test(next)) ||
    (isShell && command.words.some(w => /^\$\(\s*(curl|wget)\b/.test(w)))
  );
}

/** The script of a `RUN`, its own options left out; the list form becomes a command. */
function scriptOf(written: string): string {
  const script = written.replace(/^(\s*--\w+=\S+)+/, '').trim();
  if (!script.startsWith('[')) {
    return script;
  }
  try {
    const words: unknown = JSON.parse(script);
    return Array.isArray(words) ? words.join(' ') : script;
  } catch {
    return script;
  }
}

/** Holds the rules for single instructions against one, and finds what it installs. */
export function describeInstruction(options: {
  file: string;
  instruction: Instruction;
  modernYarn: boolean;
}): { rules: DockerfileRule[]; installs: Install[] } {
  const { file, instruction, modernYarn } = options;
  const rules: DockerfileRule[] = [];
  const installs: Install[] = [];
  const place = { file, line: lineOf(instruction) };
  const keyword = instruction.getKeyword();
  const text = instruction.getArgumentsContent() ?? '';
  if (keyword === 'ENV' || keyword === 'ARG') {
    const properties =
      keyword === 'ENV'
        ? (instruction as Env).getProperties()
        : [(instruction as Arg).getProperty()];
    for (const property of properties) {
      const name = property?.getName() ?? '';
      const value = property?.getValue();
      if (SECRET_NAME.test(name) && value) {
        rules.push({
          ...place,
          rule: 'no-secret-in-environment',
          ok: false,
          name,
        });
      }
    }
  } else if (keyword === 'ADD' && /^(--\S+\s+)*https?:/.test(text)) {
    const checked = (instruction as ModifiableInstruction)
      .getFlags()
      .some(flag => flag.getName() === 'checksum');
    rules.push({
      ...place,
      rule: 'no-remote-add',
      ok: checked,
      name: 'ADD',
    });
  } else if (keyword === 'RUN') {
    const raw = instruction.getRawArgumentsContent() ?? text;
    const commands = shellCommands(scriptOf(raw), { errexit: false });
    rules.push({
      ...place,
      rule: 'no-download-into-shell',
      ok: !commands.some(downloadsIntoShell),
      name: 'RUN',
    });
    for (const command of commands) {
      const { frozen } = commandKinds(command.words, {
        ci: false,
        modernYarn,
      });
      if (frozen !== undefined) {
        installs.push({
          file,
          line: place.line + command.line,
          command: command.words.join(' '),
          frozen,
        });
      }
    }
  }

  return { rules, installs };
}
