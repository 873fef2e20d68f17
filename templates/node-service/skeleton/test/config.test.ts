import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, loadConfig } from '../src/config.ts';

describe('configuration', () => {
  it('starts from an empty environment, reachable from this machine only', () => {
    const config = loadConfig({});
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.port, 8080);
    assert.equal(config.flags.provider, 'file');
    assert.match(config.service.name, /\S/);
  });

  it('takes what the environment says', () => {
    const config = loadConfig({
      HOST: '0.0.0.0',
      PORT: '9000',
      LOG_LEVEL: 'debug',
      FLAG_PROVIDER: 'flagd',
      SHUTDOWN_DRAIN_MS: '0',
    });
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.port, 9000);
    assert.equal(config.logLevel, 'debug');
    assert.equal(config.flags.provider, 'flagd');
    assert.equal(config.shutdown.drainMs, 0);
  });

  it('asks Unleash as the service that telemetry knows', () => {
    const { flags } = loadConfig({
      FLAG_PROVIDER: 'unleash',
      UNLEASH_URL: 'https://unleash.example.org/api/',
      UNLEASH_API_TOKEN: 'backend-token',
      OTEL_SERVICE_NAME: 'orders',
    });
    assert.deepEqual(flags, {
      provider: 'unleash',
      deadlineMs: 500,
      url: 'https://unleash.example.org/api/',
      token: 'backend-token',
      appName: 'orders',
    });
  });

  it('refuses Unleash without address and token', () => {
    assert.throws(
      () => loadConfig({ FLAG_PROVIDER: 'unleash', UNLEASH_URL: 'unleash' }),
      /UNLEASH_URL must be .+; UNLEASH_API_TOKEN must be/,
    );
  });

  it('names every wrong variable at once', () => {
    assert.throws(
      () =>
        loadConfig({
          PORT: 'http',
          LOG_LEVEL: 'loud',
          FLAG_PROVIDER: 'toString',
          REQUEST_TIMEOUT_MS: '1.5',
        }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.equal(error.problems.length, 4);
        for (const name of [
          'PORT',
          'LOG_LEVEL',
          'FLAG_PROVIDER',
          'REQUEST_TIMEOUT_MS',
        ]) {
          assert.match(error.message, new RegExp(name));
        }
        return true;
      },
    );
  });

  it('refuses numbers out of range', () => {
    for (const PORT of ['-1', '65536']) {
      assert.throws(() => loadConfig({ PORT }), /PORT must be/, PORT);
    }
  });

  it('refuses a shutdown deadline that ends before the drain does', () => {
    assert.throws(
      () =>
        loadConfig({
          SHUTDOWN_DRAIN_MS: '5000',
          SHUTDOWN_DEADLINE_MS: '5000',
        }),
      /SHUTDOWN_DEADLINE_MS must be greater/,
    );
  });
});
