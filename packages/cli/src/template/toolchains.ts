import type { ProofToolchain } from '@goldenpath/engine';
import { spawnProgram } from './spawnProgram';

/** What a language's builds need on PATH, from which version on, and how to get it. */
const TOOLCHAINS: Record<
  ProofToolchain,
  {
    programs: [program: string, args: string[], atLeast: [number, number]][];
    how: string;
  }
> = {
  node: {
    programs: [
      ['node', ['--version'], [22, 0]],
      ['npm', ['--version'], [10, 0]],
    ],
    how: 'Install Node.js 24',
  },
  python: {
    programs: [['python3', ['--version'], [3, 11]]],
    how: 'Install Python 3.11 or later',
  },
  go: {
    programs: [['go', ['version'], [1, 25]]],
    how: 'Install Go 1.25 or later',
  },
  java: {
    programs: [
      ['java', ['-version'], [17, 0]],
      ['javac', ['-version'], [17, 0]],
    ],
    how: 'Install a JDK 17 or later',
  },
};

export interface FoundToolchain {
  name: ProofToolchain;
  /** Of its first program. */
  version: string | null;
  /** Why it cannot be used, with what to do. */
  problem?: string;
}

/** Looks for a language's toolchain on the PATH that builds get. */
export async function findToolchain(
  name: ProofToolchain,
  env: NodeJS.ProcessEnv,
): Promise<FoundToolchain> {
  const { programs, how } = TOOLCHAINS[name];
  let version: string | null = null;
  for (const [program, args, [major, minor]] of programs) {
    const output = await spawnProgram(program, args, {
      cwd: '/',
      env,
      timeoutMs: 30_000,
    }).then(
      result => result.output,
      () => '',
    );
    const found = /(\d+)\.(\d+)(\.\d+)?/.exec(output);
    if (!found) {
      return { name, version, problem: `${program} was not found. ${how}` };
    }
    version ??= found[0];
    const [has, hasMinor] = [Number(found[1]), Number(found[2])];
    if (has < major || (has === major && hasMinor < minor)) {
      const problem = `${program} ${found[0]} is too old. ${how}`;
      return { name, version, problem };
    }
  }
  return { name, version };
}
