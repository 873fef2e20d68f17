import { programOf } from './commandProgram';
import { childOf, readTree, textOf } from './locatedTree';
import { makeRecipe } from './makefile';
import { normalisePath, type Repository } from './repositoryFile';
import { shellCommands, type ShellCommand } from './shellCommands';
import { both } from './triggers';

/** A command as it is run in the end. */
export interface ExpandedCommand {
  words: string[];
  gate: boolean | undefined;
  /** Folder it runs in. */
  folder: string;
  /** Set when the command hands over to something that cannot be read: it may run anything. */
  opaque: boolean;
  /** Whether it is a package script named for tests that does run something. */
  testScript: boolean;
}

const MAX_DEPTH = 8;
const MAX_COMMANDS = 2_000;

/** Scripts of the `package.json` in a folder. */
export function packageScript(
  repository: Repository,
  folder: string,
  name: string,
): string | 'absent' | 'unreadable' {
  const path = folder === '' ? 'package.json' : `${folder}/package.json`;
  const documents = readTree(repository, path, 'json');
  if (typeof documents === 'string') {
    return documents;
  }
  return textOf(childOf(documents[0], 'scripts', name)) ?? 'absent';
}

/** The package script a command runs, if it runs one. */
export function scriptNameOf(words: readonly string[]): string | undefined {
  const [tool, first, second] = words;
  if (tool === 'npm' || tool === 'pnpm' || tool === 'yarn' || tool === 'bun') {
    const args = words.slice(1).filter(w => !w.startsWith('-'));
    if (first === undefined) {
      return undefined;
    }
    if (args[0] === 'run' || args[0] === 'run-script') {
      return args[1];
    }
    if (tool === 'npm') {
      if (args[0] === 't' || args[0] === 'tst') {
        return 'test';
      }
      return /^(test|start|stop|restart)$/.test(args[0] ?? '')
        ? args[0]
        : undefined;
    }
    return tool === 'bun' ? undefined : args[0];
  }
  return tool === 'node' && first === '--run' ? second : undefined;
}

/** Files that fetch a build tool and start it: what they do is what the tool does. */
const BUILD_WRAPPERS = /^(mvnw|gradlew)$/;
/** Runners whose task files are not read. */
const OPAQUE_RUNNERS =
  /^(just|task|rake|invoke|nx|turbo|lerna|rush|moon|earthly|bazel|dagger|nox|tox|pre-commit|act)$/;

const BUILT_IN =
  /^(install|i|ci|add|audit|npm|dlx|exec|x|set|config|cache|up|update|upgrade|version|publish|pack|node|workspaces|workspace|info|why|dedupe|link|store|prune|remove|import|sbom|licenses|list|ls|outdated|deploy|fetch|rebuild|root|bin|init|create|login|logout|whoami|pkg|run)$/;

/** Whether a script is more than a message, as npm's own placeholder for tests is. */
export function runsSomething(script: string): boolean {
  return shellCommands(script, { errexit: false }).some(
    ({ words }) => !/^(echo|exit|true|false|:|printf)$/.test(words[0]),
  );
}

/**
 * Follows a command through package scripts, make targets and shell files of the repository, down to the programs that
 * run in the end. Each step of the way is in the result, so that evidence can name it.
 */
export function expandCommand(options: {
  repository: Repository;
  command: Pick<ShellCommand, 'words' | 'gate'>;
  folder: string;
}): ExpandedCommand[] {
  const { repository } = options;
  const found: ExpandedCommand[] = [];

  function visitScript(visit: {
    text: string;
    folder: string;
    gate: boolean | undefined;
    errexit: boolean;
    depth: number;
  }) {
    let folder: string | undefined = visit.folder;
    for (const command of shellCommands(visit.text, visit)) {
      if (command.words[0] === 'cd') {
        folder =
          folder === undefined
            ? undefined
            : normalisePath(`${folder}/${command.words[1] ?? ''}`);
      } else {
        follow({
          words: command.words,
          gate: both(visit.gate, command.gate),
          folder: folder ?? '',
          depth: visit.depth + 1,
        });
      }
    }
  }

  function follow(at: {
    words: string[];
    gate: boolean | undefined;
    folder: string;
    depth: number;
  }) {
    if (found.length >= MAX_COMMANDS) {
      return;
    }
    const program = programOf(at.words);
    const [tool = '', ...args] = program;
    const entry: ExpandedCommand = {
      words: at.words,
      gate: at.gate,
      folder: at.folder,
      opaque: at.depth >= MAX_DEPTH,
      testScript: false,
    };
    found.push(entry);
    if (entry.opaque) {
      return;
    }
    const script = scriptNameOf(program);
    if (script !== undefined) {
      const prefix = args.indexOf('--prefix') + 1 || args.indexOf('-C') + 1;
      const folder = prefix
        ? normalisePath(`${at.folder}/${args[prefix] ?? ''}`) ?? ''
        : at.folder;
      const elsewhere = args.some(a =>
        /^(-w|--workspaces?|--filter|-r|--recursive|workspaces?)(=|$)/.test(a),
      );
      const text = packageScript(repository, folder, script);
      if (elsewhere || text === 'unreadable') {
        entry.opaque = true;
      } else if (text !== 'absent') {
        entry.testScript = /^test(:|$)/.test(script) && runsSomething(text);
        for (const name of [`pre${script}`, script, `post${script}`]) {
          const body = packageScript(repository, folder, name);
          if (body !== 'absent') {
            visitScript({
              text: body,
              folder,
              gate: at.gate,
              errexit: false,
              depth: at.depth,
            });
          }
        }
      } else if (
        !(tool === 'npm') &&
        !BUILT_IN.test(script) &&
        !args.includes('run')
      ) {
        // Yarn and pnpm run a binary of the dependencies when no script has the name.
        follow({
          ...at,
          words: args.slice(args.indexOf(script)),
          depth: at.depth + 1,
        });
      }
      return;
    }
    if (tool === 'make') {
      const target = args.find(a => !a.startsWith('-') && !a.includes('='));
      const recipe = makeRecipe(repository, at.folder, target);
      if (typeof recipe === 'string') {
        entry.opaque = true;
        return;
      }
      for (const text of recipe) {
        const gate = text.startsWith('-') ? false : at.gate;
        visitScript({
          text: text.replace(/^[-@+]+/, ''),
          folder: at.folder,
          gate,
          errexit: false,
          depth: at.depth,
        });
      }
      return;
    }
    const isShell = /^(ba|da|z|k)?sh$|^source$|^\.$/.test(tool);
    if (isShell && args[0]?.startsWith('-') && args[0].endsWith('c')) {
      visitScript({
        text: args[1] ?? '',
        folder: at.folder,
        gate: at.gate,
        errexit: args[0].includes('e'),
        depth: at.depth,
      });
      return;
    }
    const written = isShell
      ? args.find(a => !a.startsWith('-') && !a.startsWith('+'))
      : at.words.find(w => /^(\.\/|[\w-]+\/)[\w./-]+$/.test(w));
    const path =
      written && (isShell || programOf([written])[0] === tool)
        ? normalisePath(`${at.folder}/${written}`)
        : undefined;
    if (BUILD_WRAPPERS.test(tool)) {
      return;
    }
    if (path !== undefined && (isShell || repository.has(path))) {
      const read = repository.read(path);
      if (typeof read === 'string') {
        entry.opaque = isShell || read === 'unreadable';
      } else if (isShell || /^#!.*\b(ba|da|z|k)?sh\b/.test(read.text)) {
        visitScript({
          text: read.text,
          folder: at.folder,
          gate: at.gate,
          errexit: /^#!.*sh\s+-\w*e/.test(read.text),
          depth: at.depth,
        });
      }
    } else if (OPAQUE_RUNNERS.test(tool)) {
      entry.opaque = true;
    }
  }

  follow({
    words: options.command.words,
    gate: options.command.gate,
    folder: options.folder,
    depth: 0,
  });
  return found;
}
