import { clusterFiles } from './clusterObjects';
import type { Dependency, PackageScript } from './packageData';
import { nameOf, type Repository } from './repositoryFile';
import type { TelemetryResource, TelemetryStart } from './runtimeData';
import { readSources, type SourceFile } from './sourceFiles';

/** Whether the service sends OpenTelemetry data, and under which name. */
export interface TelemetryFacts {
  telemetry: {
    starts: TelemetryStart[];
    resources: TelemetryResource[];
  };
}

const STARTS: Record<SourceFile['language'], RegExp> = {
  script:
    /^(NodeSDK|NodeTracerProvider|BasicTracerProvider|registerInstrumentations|registerOTel|useAzureMonitor)$/,
  python:
    /^(set_tracer_provider|set_meter_provider|OpenTelemetryConfigurator|configure_azure_monitor)$/,
  go: /^(SetTracerProvider|SetMeterProvider)$/,
  jvm: /^(AutoConfiguredOpenTelemetrySdk|buildAndRegisterGlobal)$/,
};
const NAMES =
  /^(ATTR_SERVICE_NAME|SEMRESATTRS_SERVICE_NAME|SERVICE_NAME|ServiceName|ServiceNameKey|serviceName)$/;
/** Libraries that start telemetry by being there. */
const SELF_STARTING =
  /opentelemetry-spring-boot-starter|quarkus-opentelemetry|micrometer-tracing-bridge-otel/;
const PRELOAD =
  /@opentelemetry\/auto-instrumentations-node\/register|\bopentelemetry-instrument\b/;
const AGENT = /-javaagent:\S*opentelemetry/;
const OPERATOR = /instrumentation\.opentelemetry\.io\/inject-/;
const SERVICE_NAME =
  /\bOTEL_SERVICE_NAME\b|\bOTEL_RESOURCE_ATTRIBUTES\b.*service\.name/;

function inSources(repository: Repository, facts: TelemetryFacts): void {
  const { sources, unreadable } = readSources(repository);
  for (const { file, language, text, tokens } of sources) {
    if (!/opentelemetry|otel/i.test(text)) {
      continue;
    }
    for (const [index, { type, text: word, line }] of tokens.entries()) {
      const isUsed =
        tokens[index + 1]?.text === '(' || tokens[index + 1]?.text === '.';
      if (type === 'word' && isUsed && STARTS[language].test(word)) {
        facts.telemetry.starts.push({ file, line, by: 'sdk', starts: true });
      } else if (type === 'string' && PRELOAD.test(word)) {
        const by = 'preload';
        facts.telemetry.starts.push({ file, line, by, starts: true });
      }
      const names =
        type === 'word'
          ? NAMES.test(word)
          : /^(service\.name|OTEL_SERVICE_NAME)$/.test(word);
      if (type !== 'mark' && names) {
        const attribute = 'service.name';
        facts.telemetry.resources.push({ file, line, attribute, names });
      }
    }
  }
  for (const file of unreadable) {
    const unread = { file, line: 1, unreadable: true } as const;
    facts.telemetry.starts.push(unread);
    facts.telemetry.resources.push(unread);
  }
}

/** What a line of a Dockerfile, manifest or script starts or names. */
function inLine(
  place: { file: string; line: number },
  text: string,
  facts: TelemetryFacts,
): void {
  const found: [RegExp, string][] = [
    [PRELOAD, 'preload'],
    [AGENT, 'agent'],
    [OPERATOR, 'operator'],
  ];
  for (const [pattern, by] of found) {
    if (pattern.test(text)) {
      facts.telemetry.starts.push({ ...place, by, starts: true });
    }
  }
  // The operator takes the name from the workload.
  if (SERVICE_NAME.test(text) || OPERATOR.test(text)) {
    const attribute = 'service.name';
    facts.telemetry.resources.push({ ...place, attribute, names: true });
  }
}

/**
 * Finds where OpenTelemetry is started (an SDK in the sources, a preload or agent on the command line, the operator in
 * the cluster, a library that does it by itself) and where the service gets its name.
 */
export function describeTelemetry(options: {
  repository: Repository;
  dependencies: readonly Dependency[];
  scripts: readonly PackageScript[];
}): TelemetryFacts {
  const { repository, dependencies, scripts } = options;
  const facts: TelemetryFacts = { telemetry: { starts: [], resources: [] } };
  inSources(repository, facts);
  const files = repository.paths.filter(path =>
    /^(Dockerfile|Containerfile)|\.Dockerfile$|^(docker-)?compose[\w.-]*\.ya?ml$|^Procfile$/.test(
      nameOf(path),
    ),
  );
  for (const file of [...files, ...clusterFiles(repository)]) {
    const read = repository.read(file);
    if (typeof read !== 'string') {
      read.text.split('\n').forEach((text, index) => {
        if (!/^\s*#/.test(text)) {
          inLine({ file, line: index + 1 }, text.slice(0, 2_000), facts);
        }
      });
    }
  }
  for (const { file, line, command, unreadable } of scripts) {
    if (unreadable) {
      facts.telemetry.starts.push({ file, line, unreadable });
    } else {
      inLine({ file, line }, command ?? '', facts);
    }
  }
  for (const { file, line, name, scope, unreadable } of dependencies) {
    if (unreadable) {
      facts.telemetry.starts.push({ file, line, unreadable });
    } else if (scope === 'runtime' && SELF_STARTING.test(name ?? '')) {
      const by = 'library';
      facts.telemetry.starts.push({ file, line, by, starts: true });
      const attribute = 'service.name';
      facts.telemetry.resources.push({ file, line, attribute, names: true });
    }
  }
  return facts;
}
