import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { run, serve } from './testProcess.ts';

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
