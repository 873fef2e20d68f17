import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions';
import { readService } from './config.ts';

/*
 * OpenTelemetry, set by its own variables (docs/telemetry.md). It patches node:http, so this file has to be loaded
 * before anything that loads an HTTP server: it is the first import of main.ts.
 */
const EXPORTERS = [
  'OTEL_TRACES_EXPORTER',
  'OTEL_METRICS_EXPORTER',
  'OTEL_LOGS_EXPORTER',
];
/** Measured in seconds, which Prometheus wants at the end of a name and its exporter does not write. */
const DURATIONS = [
  'http.server.request.duration',
  'http.client.request.duration',
];
const PROBES = new Set(['/livez', '/readyz']);

// A signal nobody asked for stays off; the SDK would send traces to this machine.
for (const name of EXPORTERS) {
  process.env[name] ||= 'none';
}
const isAskedFor = EXPORTERS.some(name => process.env[name] !== 'none');
const sdk = isAskedFor ? createSdk() : undefined;
sdk?.start();

function createSdk(): NodeSDK {
  const { name, version } = readService();
  const isScraped = process.env['OTEL_METRICS_EXPORTER'] === 'prometheus';
  return new NodeSDK({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES take precedence.
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: name,
      [ATTR_SERVICE_VERSION]: version,
    }),
    views: isScraped
      ? DURATIONS.map(instrumentName => ({
          instrumentName,
          name: `${instrumentName}.seconds`,
        }))
      : [],
    instrumentations: [
      new HttpInstrumentation({
        // Probes would outnumber requests and make every error ratio look better.
        ignoreIncomingRequestHook: request => PROBES.has(request.url ?? ''),
        requireParentforOutgoingSpans: true,
      }),
    ],
  });
}

/** Sends what is not yet sent and stops. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown();
}
