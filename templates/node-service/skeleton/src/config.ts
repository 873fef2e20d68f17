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
const FLAG_PROVIDERS = ['file', 'flagd', 'unleash'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where flags come from; `deadlineMs` is how long the start waits for them. */
export type FlagSettings =
  | { readonly provider: 'file'; readonly file: string }
  | { readonly provider: 'flagd'; readonly deadlineMs: number }
  | {
      readonly provider: 'unleash';
      readonly deadlineMs: number;
      /** Address of the API, such as `https://unleash.example.org/api/`. */
      readonly url: string;
      readonly token: string;
      readonly appName: string;
    };

/** What the environment decides; every duration is in milliseconds. */
export interface Config {
  readonly service: { readonly name: string; readonly version: string };
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly requestTimeoutMs: number;
  readonly shutdown: { readonly drainMs: number; readonly deadlineMs: number };
  readonly flags: FlagSettings;
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
  const service = readService();

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

  function flagSettings(): FlagSettings {
    const provider = oneOf('FLAG_PROVIDER', FLAG_PROVIDERS, 'file');
    const deadlineMs = integer(
      'FLAG_DEADLINE_MS',
      { min: 10, max: 10_000 },
      500,
    );
    if (provider === 'file') {
      return { provider, file: env['FLAG_FILE'] || 'flags/flags.json' };
    }
    if (provider === 'flagd') {
      return { provider, deadlineMs };
    }
    const url = env['UNLEASH_URL'] ?? '';
    const token = env['UNLEASH_API_TOKEN'] ?? '';
    if (!URL.canParse(url)) {
      problems.push('UNLEASH_URL must be the address of the API of Unleash');
    }
    if (token === '') {
      problems.push('UNLEASH_API_TOKEN must be a backend token of Unleash');
    }
    const appName = env['OTEL_SERVICE_NAME'] || service.name;
    return { provider, deadlineMs, url, token, appName };
  }

  const config: Config = {
    service,
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
    flags: flagSettings(),
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

/** Name and version of this service, from package.json. */
export function readService(): Config['service'] {
  const file = new URL('../package.json', import.meta.url);
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version };
}
