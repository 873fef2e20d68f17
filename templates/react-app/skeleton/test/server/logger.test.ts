import { expect, it } from 'vitest';
import { createLogger } from '../../server/logger.ts';

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

  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toContain('"service":"orders","version":"1.2.3"');
    expect(line).not.toContain('abc');
  }
});
