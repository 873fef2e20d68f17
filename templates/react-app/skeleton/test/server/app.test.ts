import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testApp } from './testApp.ts';

interface Problem {
  status: number;
  requestId: string;
}

describe('health', () => {
  it('is alive from the start and ready only between start and shutdown', async () => {
    const { app, readiness } = await testApp();
    expect((await app.inject('/livez')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).statusCode).toBe(503);

    readiness.started();
    const ready = await app.inject('/readyz');
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toEqual({ status: 'ready', flags: 'READY' });

    readiness.drain();
    readiness.started();
    const draining = await app.inject('/readyz');
    expect(draining.statusCode).toBe(503);
    expect(draining.json<{ status: string }>().status).toBe('draining');
    expect((await app.inject('/livez')).statusCode).toBe(200);
  });

  it('keeps successful probes out of the log', async () => {
    const { app, logged } = await testApp();
    await app.inject('/livez');
    expect(logged()).toEqual([]);
  });
});

describe('request id', () => {
  it('is taken from the caller and returned', async () => {
    const { app, logged } = await testApp();
    const response = await app.inject({
      url: '/',
      headers: { 'x-request-id': 'abc-123' },
    });
    expect(response.headers['x-request-id']).toBe('abc-123');
    expect(logged()[0]?.['reqId']).toBe('abc-123');
  });

  it('is made here when the caller sends none or an unsafe one', async () => {
    const { app } = await testApp();
    for (const headers of [{}, { 'x-request-id': 'a b"\u007f' }]) {
      const response = await app.inject({ url: '/livez', headers });
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('errors', () => {
  it('are problem details with the request id', async () => {
    const { app } = await testApp();
    const response = await app.inject('/nowhere.json');
    const problem = response.json<Problem>();
    expect(response.statusCode).toBe(404);
    expect(problem.status).toBe(404);
    expect(problem.requestId).toBe(response.headers['x-request-id']);
  });

  it('say that nobody answers where only GET is known', async () => {
    const { app } = await testApp();
    const response = await app.inject({ method: 'POST', url: '/' });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/problem\+json/);
  });

  it('never show what broke, which goes to the log', async () => {
    const { app, logged } = await testApp();
    app.get('/broken', () => {
      throw new Error('password=hunter2');
    });
    const response = await app.inject('/broken');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('hunter2');
    expect(logged().map(line => line['msg'])).toContain('Request failed');
  });

  it('answer 503 when a handler takes longer than the request timeout', async () => {
    const { app } = await testApp({ requestTimeoutMs: 100 });
    app.get('/slow', async request => {
      await sleep(60_000, undefined, { signal: request.signal });
      return {};
    });
    const response = await app.inject('/slow');
    expect(response.statusCode).toBe(503);
    expect(response.json<Problem>().status).toBe(503);
  });
});
