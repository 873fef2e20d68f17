import { packageScript, scriptNameOf } from './commandExpansion';
import { makeTargets } from './makefile';
import { inlineCode, markdownSections } from './markdown';
import { normalisePath, type Repository } from './repositoryFile';
import { shellCommands } from './shellCommands';
import type { AgentCommand } from './sourceData';
import { programOf } from './commandProgram';

/** What the repository tells coding agents. */
export interface AgentFacts {
  agents: {
    present: boolean;
    file: string;
    /** In bytes; absent when the file cannot be read. */
    size?: number;
    /** Commands of package scripts, make targets and files of the repository. */
    commands: AgentCommand[];
    /** Places that look like a credential. */
    secrets?: { file: string; line: number }[];
    /** Files that point other tools to AGENTS.md. */
    pointers: string[];
  };
}

const AGENTS_FILE = 'AGENTS.md';
const POINTERS =
  /^(CLAUDE\.md|GEMINI\.md|\.github\/copilot-instructions\.md|\.cursorrules|\.windsurfrules|\.clinerules)$/;
const SECRET =
  /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|AKIA[0-9A-Z]{16}|xox[abprs]-[\w-]{10,}|sk-[A-Za-z0-9_-]{32,}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35})|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const INSTALLING =
  /^(ci|install|i|add|audit|exec|x|dlx|npm|init|create|version|publish|outdated|update|up|why|ls|list|view|info|config|--\w.*)$/;

/** The file of the repository a command runs: `./x`, or the script given to an interpreter. */
function writtenPath(
  first: string,
  tool: string,
  args: string[],
): string | undefined {
  if (/^\.\/[\w./-]+$/.test(first)) {
    return first;
  }
  return /^(ba|da|z)?sh$|^node$|^python[\d.]*$/.test(tool)
    ? args.find(a => /^[\w-]+\/[\w./-]+\.(sh|m?[jt]s|py)$/.test(a))
    : undefined;
}

/**
 * Whether the command names something that the repository must have.
 *
 * @returns whether it is there; `undefined` when that cannot be told, `not-ours` when it names nothing of the repository
 */
function existence(
  repository: Repository,
  words: string[],
): boolean | undefined | 'not-ours' {
  const program = programOf(words);
  const [tool = '', ...args] = program;
  const script = scriptNameOf(program);
  if (script !== undefined) {
    if (/[<>{}$*]/.test(script)) {
      return 'not-ours';
    }
    const isExplicit =
      args.includes('run') || tool === 'npm' || tool === 'node';
    if (!isExplicit && INSTALLING.test(script)) {
      return 'not-ours';
    }
    const found = packageScript(repository, '', script);
    if (found === 'unreadable') {
      return undefined;
    }
    return found !== 'absent' || (isExplicit ? false : 'not-ours');
  }
  if (tool === 'make') {
    const target = args.find(a => !a.startsWith('-') && !a.includes('='));
    const targets = makeTargets(repository, '');
    if (targets === 'unreadable') {
      return undefined;
    }
    return target === undefined ? targets.length > 0 : targets.includes(target);
  }
  const path = writtenPath(words[0], tool, args);
  const known = path === undefined ? undefined : normalisePath(path);
  return known === undefined
    ? 'not-ours'
    : repository.has(known) || repository.hasFolder(known);
}

/** Reads `AGENTS.md` at the root: its size, and whether the commands it gives are real. */
export function describeAgents(repository: Repository): AgentFacts {
  const file = AGENTS_FILE;
  const pointers = repository.paths.filter(path => POINTERS.test(path));
  const read = repository.read(file);
  if (read === 'absent') {
    const none = { present: false, file, commands: [], secrets: [], pointers };
    return { agents: { ...none, size: 0 } };
  }
  if (read === 'unreadable') {
    const commands = [{ file, line: 1, unreadable: true as const }];
    return { agents: { present: true, file, commands, pointers } };
  }
  const [all] = markdownSections(read.text);
  const written = [...all.code, ...inlineCode(read.text)].sort(
    (a, b) => a.line - b.line,
  );
  const commands = new Map<string, AgentCommand>();
  for (const { text, line } of written) {
    for (const { words } of shellCommands(text.replace(/^\$\s+/, ''), {
      errexit: true,
    })) {
      const exists = existence(repository, words);
      const command = words.join(' ');
      if (exists !== 'not-ours' && !commands.has(command)) {
        commands.set(command, {
          file,
          line,
          command,
          ...(exists === undefined ? {} : { exists }),
        });
      }
    }
  }
  const secrets = read.text
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => SECRET.test(text))
    .map(({ line }) => ({ file, line }));
  return {
    agents: {
      present: true,
      file,
      size: new TextEncoder().encode(read.text).byteLength,
      commands: [...commands.values()],
      secrets,
      pointers,
    },
  };
}
