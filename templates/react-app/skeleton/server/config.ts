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

/** What the environment decides; every duration is in milliseconds. Paths start at the working directory. */
export interface Config {
  readonly service: { readonly name: string; readonly version: string };
  /** Where it runs, such as `production`; empty when nobody said. */
  readonly environment: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly requestTimeoutMs: number;
  readonly shutdown: { readonly drainMs: number; readonly deadlineMs: number };
  readonly flags: FlagSettings;
  readonly page: {
    /** The folder with the built page. */
    readonly folder: string;
    /** How often a page asks for its flags again. */
    readonly flagPollMs: number;
    /** Share of page views that are measured, from 0 to 1. */
    readonly vitalsSampleRate: number;
  };
}

/** The environment holds values the server cannot start with. */
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

  function number(
    name: string,
    range: { min: number; max: number },
    fallback: number,
  ): number {
    const text = env[name];
    if (!text) {
      return fallback;
    }
    const value = Number(text);
    if (!(value >= range.min && value <= range.max)) {
      problems.push(
        `${name} must be a number from ${range.min} to ${range.max}`,
      );
    }
    return value;
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
    environment: environmentOf(env['OTEL_RESOURCE_ATTRIBUTES'] ?? ''),
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
    page: {
      folder: env['WEB_FOLDER'] || 'dist/web',
      flagPollMs: integer(
        'WEB_FLAG_POLL_MS',
        { min: 5_000, max: 3_600_000 },
        60_000,
      ),
      vitalsSampleRate: number('WEB_VITALS_SAMPLE_RATE', { min: 0, max: 1 }, 1),
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

/** The deployment environment of the telemetry's resource, so that it is written down once. */
function environmentOf(attributes: string): string {
  const name = /(?:^|,)\s*deployment\.environment\.name=([^,]*)/.exec(
    attributes,
  );
  return name?.[1]?.trim() ?? '';
}

/** Name and version of this app, from package.json. */
export function readService(): Config['service'] {
  const { name, version } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as {
    name: string;
    version: string;
  };
  return { name, version };
}
