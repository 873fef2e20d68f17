import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../server/config.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('starts from an empty environment, reachable from this machine only', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      environment: '',
      flags: { provider: 'file' },
    });
    expect(config.service.name).toMatch(/\S/);
  });

  it('takes what the environment says', () => {
    const config = loadConfig({
      HOST: '0.0.0.0',
      PORT: '9000',
      LOG_LEVEL: 'debug',
      FLAG_PROVIDER: 'unleash',
      UNLEASH_URL: 'http://127.0.0.1:4242/api',
      UNLEASH_API_TOKEN: 'from-a-secret',
      SHUTDOWN_DRAIN_MS: '0',
      WEB_VITALS_SAMPLE_RATE: '0.25',
      OTEL_RESOURCE_ATTRIBUTES:
        'team=payments,deployment.environment.name=staging',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 9000,
      logLevel: 'debug',
      environment: 'staging',
      flags: { provider: 'unleash' },
      shutdown: { drainMs: 0 },
      page: { vitalsSampleRate: 0.25 },
    });
  });

  it('names every wrong variable at once', () => {
    const problems = problemsOf({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      FLAG_PROVIDER: 'toString',
      REQUEST_TIMEOUT_MS: '1.5',
      WEB_VITALS_SAMPLE_RATE: 'often',
    });
    expect(problems.map(text => text.split(' ')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'REQUEST_TIMEOUT_MS',
      'FLAG_PROVIDER',
      'WEB_VITALS_SAMPLE_RATE',
    ]);
  });

  it('refuses numbers out of range', () => {
    for (const PORT of ['-1', '65536']) {
      expect(problemsOf({ PORT })).toHaveLength(1);
    }
    expect(problemsOf({ WEB_VITALS_SAMPLE_RATE: '1.1' })).toHaveLength(1);
  });

  it('refuses Unleash without its address and token', () => {
    expect(problemsOf({ FLAG_PROVIDER: 'unleash' })).toHaveLength(2);
  });

  it('refuses a shutdown deadline that ends before the drain does', () => {
    expect(
      problemsOf({ SHUTDOWN_DRAIN_MS: '5000', SHUTDOWN_DEADLINE_MS: '5000' }),
    ).toEqual(['SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS']);
  });
});
