import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config.ts';

/** JSON lines on standard output: the service and the trace on every line, credentials on none. */
export function createLogger(
  config: Pick<Config, 'service' | 'logLevel'>,
  destination?: DestinationStream,
): Logger {
  const options = {
    level: config.logLevel,
    base: { service: config.service.name, version: config.service.version },
    mixin: traceOf,
    redact: [
      'req.headers.authorization',
      'req.headers.cookie',
      'res.headers["set-cookie"]',
    ],
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Names the trace as OpenTelemetry's logs do, so that a line leads to its trace. */
function traceOf(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span)
    ? { trace_id: span.traceId, span_id: span.spanId }
    : {};
}
