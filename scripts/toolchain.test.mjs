import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from './report.mjs';
import { freePort, requireFreePorts } from './ports.mjs';
import net from 'node:net';

test('a missing network is one sentence that names the registry', () => {
  const sentence = explainFailure(
    'npm error code ENOTFOUND\nnpm error network request failed',
    'unexplained',
  );
  assert.match(sentence, /registry cannot be reached/);
  assert.ok(!sentence.includes('\n'));
});

test('a full disk is one sentence that says how much to free', () => {
  const sentence = explainFailure(
    'YN0001: Error: ENOSPC: no space left on device, write',
    'unexplained',
  );
  assert.match(sentence, /disk is full.*GB/);
});

test('an unknown failure keeps what the tool said', () => {
  assert.equal(explainFailure('something else', 'as it was'), 'as it was');
});

test('a port in use is refused by number, with the variable that moves it', async () => {
  const port = await freePort();
  const server = net.createServer().listen(port, 'localhost');
  await new Promise(resolve => server.once('listening', resolve));
  try {
    await assert.rejects(
      requireFreePorts({
        GOLDEN_PATH_APP_PORT: String(port),
        GOLDEN_PATH_BACKEND_PORT: String(await freePort()),
      }),
      new RegExp(`Port ${port} is in use.*GOLDEN_PATH_APP_PORT`),
    );
  } finally {
    server.close();
  }
});
