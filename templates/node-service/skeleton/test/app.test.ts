import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { testApp } from './testApp.ts';

interface Problem {
  status: number;
  requestId: string;
}

describe('health', () => {
  it('is alive from the start and ready only between start and shutdown', async () => {
    const { app, readiness } = await testApp();
    assert.equal((await app.inject('/livez')).statusCode, 200);
    assert.equal((await app.inject('/readyz')).statusCode, 503);

    readiness.started();
    const ready = await app.inject('/readyz');
    assert.equal(ready.statusCode, 200);
    assert.deepEqual(ready.json(), { status: 'ready', flags: 'READY' });

    readiness.drain();
    readiness.started();
    const draining = await app.inject('/readyz');
    assert.equal(draining.statusCode, 503);
    assert.equal(draining.json<{ status: string }>().status, 'draining');
    assert.equal((await app.inject('/livez')).statusCode, 200);
  });

  it('keeps successful probes out of the log', async () => {
    const { app, logged } = await testApp();
    await app.inject('/livez');
    assert.deepEqual(logged(), []);
  });
});

describe('request id', () => {
  it('is taken from the caller and returned', async () => {
    const { app, logged } = await testApp();
    const response = await app.inject({
      url: '/v1/greetings/Ada',
      headers: { 'x-request-id': 'abc-123' },
    });
    assert.equal(response.headers['x-request-id'], 'abc-123');
    assert.equal(logged()[0]?.['reqId'], 'abc-123');
  });

  it('is made here when the caller sends none or an unsafe one', async () => {
    const { app } = await testApp();
    for (const headers of [{}, { 'x-request-id': 'a b"\u007f' }]) {
      const response = await app.inject({ url: '/livez', headers });
      assert.match(String(response.headers['x-request-id']), /^[0-9a-f-]{36}$/);
    }
  });
});

describe('errors', () => {
  it('are problem details with the request id', async () => {
    const { app } = await testApp();
    const response = await app.inject('/nowhere');
    const problem = response.json<Problem>();
    assert.equal(response.statusCode, 404);
    assert.equal(problem.status, 404);
    assert.equal(problem.requestId, response.headers['x-request-id']);
  });

  it('never show what broke, which goes to the log', async () => {
    const { app, logged } = await testApp();
    app.get('/broken', () => {
      throw new Error('password=hunter2');
    });
    const response = await app.inject('/broken');
    assert.equal(response.statusCode, 500);
    assert.doesNotMatch(response.body, /hunter2/);
    assert.ok(logged().some(line => line['msg'] === 'Request failed'));
  });

  it('answer 503 when a handler takes longer than the request timeout', async () => {
    const { app } = await testApp({ requestTimeoutMs: 100 });
    app.get('/slow', async request => {
      await sleep(60_000, undefined, { signal: request.signal });
      return {};
    });
    const response = await app.inject('/slow');
    assert.equal(response.statusCode, 503);
    assert.equal(response.json<Problem>().status, 503);
  });
});
