import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLogger } from '../src/logger.ts';

it('logs the service on every line and credentials on none', () => {
  const lines: string[] = [];
  const logger = createLogger(
    { service: { name: 'orders', version: '1.2.3' }, logLevel: 'info' },
    { write: line => lines.push(line) },
  );
  const headers = { authorization: 'Bearer abc', cookie: 'session=abc' };
  logger.info({ req: { headers } }, 'request');
  const setCookie = { 'set-cookie': 'session=abc' };
  logger.info({ res: { headers: setCookie } }, 'response');

  assert.equal(lines.length, 2);
  for (const line of lines) {
    assert.match(line, /"service":"orders","version":"1\.2\.3"/);
    assert.doesNotMatch(line, /abc/);
  }
});
