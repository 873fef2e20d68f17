import { z } from 'zod';
import { listed } from './place';

/** A place in the sources where a feature flag is asked for. */
export const flagUseSchema = listed({
  key: z.string(),
  /** `literal`: the call names the key; `table`: it takes one of the keys of a table of defaults beside it. */
  certainty: z.enum(['literal', 'table']),
  /** Whether a flag file declares the key. */
  declared: z.boolean(),
});

/** A place where telemetry is started. */
export const telemetryStartSchema = listed({
  /** How: `sdk`, `agent`, `preload`, `operator`. */
  by: z.string(),
  starts: z.boolean(),
});

/** A place that says which service the telemetry is of. */
export const telemetryResourceSchema = listed({
  attribute: z.string(),
  names: z.boolean(),
});

/** A place that ends the process in order when it is told to. */
export const shutdownHandlerSchema = listed({
  signal: z.string(),
  handles: z.boolean(),
});

/** A route for probes. */
export const healthEndpointSchema = listed({ path: z.string() });

/** A place where an HTTP client is made or used. */
export const httpClientSchema = listed({
  client: z.string(),
  /** Whether a request ends after some time; absent where the sources do not show it. */
  hasTimeout: z.boolean(),
});

/** A place that tries again what failed. */
export const retrySchema = listed({
  library: z.string(),
  /** Whether the number of attempts has an end. */
  bounded: z.boolean(),
  /** Whether waiting times differ by chance, so that many clients do not come back at once. */
  jitter: z.boolean(),
});

export type FlagUse = z.infer<typeof flagUseSchema>;
export type TelemetryStart = z.infer<typeof telemetryStartSchema>;
export type TelemetryResource = z.infer<typeof telemetryResourceSchema>;
export type ShutdownHandler = z.infer<typeof shutdownHandlerSchema>;
export type HealthEndpoint = z.infer<typeof healthEndpointSchema>;
export type HttpClient = z.infer<typeof httpClientSchema>;
export type Retry = z.infer<typeof retrySchema>;
