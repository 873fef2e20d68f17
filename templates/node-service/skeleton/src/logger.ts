import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config.ts';

/** JSON lines on standard output: the service on every line, credentials on none. */
export function createLogger(
  config: Pick<Config, 'service' | 'logLevel'>,
  destination?: DestinationStream,
): Logger {
  const options = {
    level: config.logLevel,
    base: { service: config.service.name, version: config.service.version },
    redact: [
      'req.headers.authorization',
      'req.headers.cookie',
      'res.headers["set-cookie"]',
    ],
  };
  return destination ? pino(options, destination) : pino(options);
}
