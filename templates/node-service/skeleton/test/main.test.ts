import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';

const main = new URL('../src/main.ts', import.meta.url).pathname;

function run(env: Record<string, string>) {
  return spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', SHUTDOWN_DRAIN_MS: '50', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the service until it listens, then `use`, then SIGTERM; gives the exit and what was logged. */
async function serve(
  env: Record<string, string>,
  use: (base: string) => Promise<void>,
) {
  const service = run(env);
  const exited = once(service, 'exit');
  const messages: string[] = [];
  for await (const line of createInterface({ input: service.stdout })) {
    const { msg } = JSON.parse(line) as { msg: string };
    messages.push(msg);
    const base = /listening at (http:\S+)/.exec(msg)?.[1];
    if (base !== undefined) {
      try {
        await use(base);
      } finally {
        service.kill('SIGTERM');
      }
    }
  }
  return { exit: await exited, messages };
}

describe('the service as a process', () => {
  it('serves, and on SIGTERM ends with 0', async () => {
    const { exit, messages } = await serve({}, async base => {
      const ready = await fetch(`${base}/readyz`);
      assert.equal(ready.status, 200);
      const greeting = await fetch(`${base}/v1/greetings/Ada`);
      assert.match(await greeting.text(), /, Ada/);
    });
    assert.deepEqual(exit, [0, null]);
    assert.ok(messages.includes('Shut down'));
  });

  it('serves on flag defaults while flagd cannot be reached, and still ends with 0', async () => {
    const { exit, messages } = await serve(
      {
        FLAG_PROVIDER: 'flagd',
        FLAG_DEADLINE_MS: '100',
        FLAGD_HOST: '127.0.0.1',
        FLAGD_PORT: '1',
      },
      async base => {
        const ready = await fetch(`${base}/readyz`);
        assert.deepEqual(await ready.json(), {
          status: 'ready',
          flags: 'ERROR',
        });
        const greeting = await fetch(`${base}/v1/greetings/Ada`);
        assert.deepEqual(await greeting.json(), { greeting: 'Hello, Ada' });
      },
    );
    assert.deepEqual(exit, [0, null]);
    assert.ok(messages.includes('Flag provider is down: flag defaults hold'));
  });

  it('does not start on a wrong configuration and says which variable it is', async () => {
    const service = run({ PORT: 'eighty' });
    const exited = once(service, 'exit');
    let stderr = '';
    for await (const chunk of service.stderr) {
      stderr += String(chunk);
    }
    assert.deepEqual(await exited, [1, null]);
    assert.match(stderr, /PORT must be a whole number/);
  });
});
