import type { BuildResult, TemplateProof } from '@goldenpath/engine';
import { NotStarted, spawnProgram, withoutColours } from './spawnProgram';
import { startService } from './startService';
import type { FoundToolchain } from './toolchains';

const STEP_TIMEOUT_MS = 20 * 60_000;
const TAIL_LENGTH = 4_000;

type Build = NonNullable<TemplateProof['build']>;
type Step = BuildResult['steps'][number];

/** The end of an output, without the colours of a terminal and what says where on this machine it ran. */
export function tailOf(output: string, folder: string): string {
  return withoutColours(output)
    .split(folder)
    .join('.')
    .trimEnd()
    .slice(-TAIL_LENGTH);
}

async function runStep(
  command: string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Step> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 100) / 10;
  const [program, ...args] = command;
  try {
    const { code, output, timedOut } = await spawnProgram(program, args, {
      cwd: folder,
      env,
      timeoutMs: STEP_TIMEOUT_MS,
    });
    const ended = code === 0 ? 'passed' : 'failed';
    const outcome = timedOut ? 'timed-out' : ended;
    return {
      command,
      outcome,
      seconds: seconds(),
      // A proof is kept and read by others: what a good build prints tells them nothing but about this machine
      tail: outcome === 'passed' ? '' : tailOf(output, folder),
    };
  } catch (error) {
    if (!(error instanceof NotStarted)) {
      throw error;
    }
    return {
      command,
      outcome: 'not-started',
      seconds: seconds(),
      tail: error.message,
    };
  }
}

/** Builds a rendered repository with its own commands, up to the first that fails, then starts it. */
export async function buildRow(options: {
  build: Build;
  folder: string;
  toolchains: FoundToolchain[];
  env: NodeJS.ProcessEnv;
  say(text: string): void;
}): Promise<BuildResult> {
  const { build, folder, env, say } = options;
  const steps: Step[] = [];
  for (const command of build.commands) {
    say(`build: ${command.join(' ')}`);
    steps.push(await runStep(command, folder, env));
    if (steps[steps.length - 1].outcome !== 'passed') {
      break;
    }
  }
  const built = steps.every(({ outcome }) => outcome === 'passed');
  if (build.start) {
    say(`start: ${build.start.command.join(' ')}`);
  }
  return {
    row: build.row,
    toolchains: options.toolchains.map(({ name, version }) => ({
      name,
      version,
    })),
    steps,
    start:
      build.start && built
        ? await startService({ start: build.start, folder, env })
        : null,
  };
}
