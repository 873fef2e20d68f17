import { readFileSync } from 'node:fs';

const LOG_LEVELS = [
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
  'silent',
] as const;
const FLAG_PROVIDERS = ['file', 'flagd'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
export type FlagProviderKind = (typeof FLAG_PROVIDERS)[number];

/** What the environment decides; every duration is in milliseconds. */
export interface Config {
  readonly service: { readonly name: string; readonly version: string };
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly requestTimeoutMs: number;
  readonly shutdown: { readonly drainMs: number; readonly deadlineMs: number };
  readonly flags: {
    readonly provider: FlagProviderKind;
    readonly file: string;
    readonly deadlineMs: number;
  };
}

/** The environment holds values the service cannot start with. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Invalid configuration: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration from environment variables; docs/runbook.md lists them.
 *
 * @throws ConfigError naming every variable that is wrong, not only the first.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];

  function oneOf<T extends string>(
    name: string,
    allowed: readonly T[],
    fallback: T,
  ): T {
    const value = env[name] || fallback;
    const match = allowed.find(candidate => candidate === value);
    if (match === undefined) {
      problems.push(`${name} must be one of ${allowed.join(', ')}`);
    }
    return match ?? fallback;
  }

  function integer(
    name: string,
    range: { min: number; max: number },
    fallback: number,
  ): number {
    const text = env[name];
    if (!text) {
      return fallback;
    }
    const value = Number(text);
    if (!Number.isInteger(value) || value < range.min || value > range.max) {
      problems.push(
        `${name} must be a whole number from ${range.min} to ${range.max}`,
      );
    }
    return value;
  }

  const config: Config = {
    service: readPackage(),
    host: env['HOST'] || '127.0.0.1',
    port: integer('PORT', { min: 0, max: 65535 }, 8080),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    requestTimeoutMs: integer(
      'REQUEST_TIMEOUT_MS',
      { min: 100, max: 120_000 },
      10_000,
    ),
    shutdown: {
      drainMs: integer('SHUTDOWN_DRAIN_MS', { min: 0, max: 60_000 }, 3_000),
      deadlineMs: integer(
        'SHUTDOWN_DEADLINE_MS',
        { min: 1_000, max: 300_000 },
        20_000,
      ),
    },
    flags: {
      provider: oneOf('FLAG_PROVIDER', FLAG_PROVIDERS, 'file'),
      file: env['FLAG_FILE'] || 'flags/flags.json',
      deadlineMs: integer('FLAG_DEADLINE_MS', { min: 10, max: 10_000 }, 500),
    },
  };

  if (config.shutdown.deadlineMs <= config.shutdown.drainMs) {
    problems.push(
      'SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS',
    );
  }
  if (problems.length > 0) {
    throw new ConfigError(problems);
  }
  return config;
}

function readPackage(): Config['service'] {
  const file = new URL('../package.json', import.meta.url);
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version };
}
