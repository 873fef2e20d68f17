import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../server/page.ts';
import { builtPage, SCRIPT, STYLE } from './builtPage.ts';
import { testApp } from './testApp.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the page', () => {
  it('is asked for each time, and sent only when it changed', async () => {
    const { app } = await testApp();
    const first = await app.inject('/');
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(first.headers['cache-control']).toBe('no-cache');

    const etag = String(first.headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const headers = { 'if-none-match': known };
      const again = await app.inject({ url: '/', headers });
      expect(again.statusCode, known).toBe(304);
      expect(again.body).toBe('');
    }
  });

  it('is told apart from another release of the same size', () => {
    const etags = ['one', 'two'].map(name => readPage(builtPage(name)).etag);
    expect(new Set(etags).size).toBe(2);
  });

  it.each([
    ['gzip, br', true],
    ['br;q=1.0, gzip;q=0.5', true],
    ['gzip', false],
    ['br;q=0, gzip', false],
    ['brotli', false],
  ])(
    'is compressed for a browser that takes “%s”: %s',
    async (accepted, is) => {
      const { app } = await testApp();
      const response = await app.inject({
        url: '/',
        headers: { 'accept-encoding': accepted },
      });
      expect(response.headers['content-encoding']).toBe(is ? 'br' : undefined);
      expect(response.headers.vary).toBe('accept-encoding');
      const body = is
        ? brotliDecompressSync(response.rawPayload).toString()
        : response.body;
      expect(body).toContain('<!doctype html>');
    },
  );

  it('answers every address a visitor can open', async () => {
    const { app } = await testApp();
    const response = await app.inject({ url: '/some/view', headers: html });
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('<!doctype html>');
  });

  it('is no answer to a program that asks for something else', async () => {
    const { app } = await testApp();
    const response = await app.inject({
      url: '/v1/unknown',
      headers: { accept: 'application/json' },
    });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/problem\+json/);
  });

  it('has to be built before the server starts', () => {
    expect(() => readPage('no-such-folder')).toThrow(/index\.html/);
  });
});

describe('security headers', () => {
  const hash = (text: string) =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('are on every answer and let the page run its own script and style only', async () => {
    const { app } = await testApp();
    for (const url of ['/', '/config.json', '/nowhere.json']) {
      const { headers } = await app.inject(url);
      const policy = String(headers['content-security-policy']);
      expect(policy, url).toContain("default-src 'none'");
      expect(policy, url).toContain(`script-src ${hash(SCRIPT)};`);
      expect(policy, url).toContain(`style-src ${hash(STYLE)};`);
      expect(policy, url).not.toContain('unsafe');
      expect(headers['x-content-type-options'], url).toBe('nosniff');
      expect(headers['x-frame-options'], url).toBe('DENY');
      expect(headers['strict-transport-security'], url).toMatch(/max-age=\d+/);
      expect(headers['permissions-policy'], url).toContain('camera=()');
    }
  });
});

describe('/config.json', () => {
  it('tells the page what differs between environments, and is not kept', async () => {
    const { app } = await testApp();
    const response = await app.inject('/config.json');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      service: { name: 'test', version: '0.0.0' },
      environment: 'staging',
      flags: { baseUrl: '/', pollMs: 30_000 },
      vitals: { sampleRate: 0.5 },
    });
  });
});
