import type { RuntimeConfig } from '../shared/runtimeConfig.ts';

const TIMEOUT_MS = 3_000;

/** What holds when the server does not tell: the page works, measures nothing and asks for flags once a minute. */
export const FALLBACK_CONFIG: RuntimeConfig = {
  service: { name: 'unknown', version: 'unknown' },
  environment: '',
  flags: { baseUrl: '/', pollMs: 60_000 },
  vitals: { sampleRate: 0 },
};

/** Reads `/config.json`. Never rejects: what cannot be read is replaced by the fallback as a whole. */
export async function loadRuntimeConfig(): Promise<RuntimeConfig> {
  try {
    const response = await fetch('/config.json', {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = response.ok ? await response.json() : undefined;
    return isRuntimeConfig(body) ? body : FALLBACK_CONFIG;
  } catch {
    return FALLBACK_CONFIG;
  }
}

/** Page and server may be of two releases while one replaces the other, so what arrives is looked at. */
function isRuntimeConfig(value: unknown): value is RuntimeConfig {
  const config = value as Partial<RuntimeConfig> | null | undefined;
  return (
    typeof config?.service?.name === 'string' &&
    typeof config.service.version === 'string' &&
    typeof config.environment === 'string' &&
    typeof config.flags?.baseUrl === 'string' &&
    typeof config.flags.pollMs === 'number' &&
    typeof config.vitals?.sampleRate === 'number'
  );
}
