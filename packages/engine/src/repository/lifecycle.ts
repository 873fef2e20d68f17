import { isBuilt } from './builtPaths';
import type { Dependency } from './packageData';
import type { Repository } from './repositoryFile';
import type { HealthEndpoint, ShutdownHandler } from './runtimeData';
import { readSources, type SourceFile } from './sourceFiles';

/** How the service begins and ends. */
export interface LifecycleFacts {
  lifecycle: {
    shutdownHandlers: ShutdownHandler[];
    healthEndpoints: HealthEndpoint[];
  };
}

/** Servers and helpers that end in order by themselves. */
const GRACEFUL =
  /^(close-with-grace|lightship|@godaddy\/terminus|fastify-graceful-shutdown|http-graceful-shutdown|uvicorn|gunicorn|hypercorn|granian)$/;
const SPRING_BOOT =
  /<artifactId>spring-boot-starter-parent<\/artifactId>\s*<version>(\d+)\.(\d+)|org\.springframework\.boot['"]\)?\s+version\s*\(?['"](\d+)\.(\d+)/;
const HEALTH =
  /^\/(-\/)?(livez|readyz|healthz?|health\/\w+|healthy|ready|readiness|liveness|live|actuator\/health(\/\w+)?)$/;

/** The token that handles SIGTERM, by what else must be called in the same file. */
function handlerIn({ language, tokens }: SourceFile): number | undefined {
  const has = (pattern: RegExp) =>
    tokens.some(
      (token, index) =>
        token.type === 'word' &&
        pattern.test(token.text) &&
        tokens[index + 1]?.text === '(',
    );
  const first = (pattern: RegExp) =>
    tokens.find(({ type, text }) => type !== 'mark' && pattern.test(text))
      ?.line;
  switch (language) {
    case 'script':
      return has(/^(on|once|addListener|addSignalListener)$/)
        ? first(/^SIGTERM$/)
        : first(/^enableShutdownHooks$/);
    case 'python':
      return has(/^(signal|add_signal_handler)$/)
        ? first(/^SIGTERM$/)
        : undefined;
    case 'go':
      return has(/^(Notify|NotifyContext)$/) ? first(/^SIGTERM$/) : undefined;
    default:
      return first(/^addShutdownHook$/);
  }
}

/** The line on which a build takes a Spring Boot that ends in order by itself, as it does from 3.4 on. */
function gracefulSpringBoot(
  repository: Repository,
  file: string,
): number | undefined {
  const read = repository.read(file);
  const text = typeof read === 'string' ? '' : read.text;
  const version = SPRING_BOOT.exec(text);
  const [major = 0, minor = 0] = (version?.slice(1) ?? [])
    .filter(part => part !== undefined)
    .map(Number);
  const isGraceful = major > 3 || (major === 3 && minor >= 4);
  return version && isGraceful && !endsAtOnce(repository)
    ? text.slice(0, version.index).split('\n').length
    : undefined;
}

/** Whether a configuration of Spring Boot takes the orderly end away. */
function endsAtOnce(repository: Repository): boolean {
  return repository.paths
    .filter(path => /(^|\/)application[\w-]*\.(properties|ya?ml)$/.test(path))
    .some(path => {
      const read = repository.read(path);
      return (
        typeof read !== 'string' &&
        /shutdown\s*[:=]\s*immediate/.test(read.text)
      );
    });
}

/** Finds handlers of SIGTERM and routes for probes in the sources, and libraries that handle it by themselves. */
export function describeLifecycle(
  repository: Repository,
  dependencies: readonly Dependency[],
): LifecycleFacts {
  const { sources, unreadable } = readSources(repository);
  const lifecycle: LifecycleFacts['lifecycle'] = {
    shutdownHandlers: [],
    healthEndpoints: [],
  };
  for (const source of sources) {
    const { file, tokens } = source;
    const line = handlerIn(source);
    if (line !== undefined) {
      const handled = { file, line, signal: 'SIGTERM', handles: true };
      lifecycle.shutdownHandlers.push(handled);
    }
    for (const token of tokens) {
      if (token.type === 'string' && HEALTH.test(token.text)) {
        const endpoint = { file, line: token.line, path: token.text };
        lifecycle.healthEndpoints.push(endpoint);
      }
    }
  }
  for (const { file, line, name, scope } of dependencies) {
    if (scope === 'runtime' && GRACEFUL.test(name ?? '')) {
      const handled = { file, line, signal: 'SIGTERM', handles: true };
      lifecycle.shutdownHandlers.push(handled);
    }
  }
  for (const file of repository.paths) {
    const line =
      isBuilt(file) && /(^|\/)(pom\.xml|build\.gradle(\.kts)?)$/.test(file)
        ? gracefulSpringBoot(repository, file)
        : undefined;
    if (line !== undefined) {
      const handled = { file, line, signal: 'SIGTERM', handles: true };
      lifecycle.shutdownHandlers.push(handled);
    }
  }
  for (const file of unreadable) {
    lifecycle.shutdownHandlers.push({ file, line: 1, unreadable: true });
    lifecycle.healthEndpoints.push({ file, line: 1, unreadable: true });
  }
  return { lifecycle };
}
