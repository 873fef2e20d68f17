import os from 'node:os';
import { startService } from './startService';

// Programs are started here, which takes long on a busy machine
jest.setTimeout(60_000);

const SERVER = `
const server = require('node:http').createServer((request, response) => {
  response.statusCode = request.url === '/readyz' ? 200 : 503;
  response.end();
});
server.listen(Number(process.env.PORT), process.env.HOST);
`;

const start = (script: string, more = {}) =>
  startService({
    start: {
      command: [process.execPath, '-e', script],
      readyPath: '/readyz',
      env: {},
      ...more,
    },
    folder: os.tmpdir(),
    env: { PATH: process.env.PATH },
    readyWithinMs: 20_000,
  });

it('passes what becomes ready and ends with 0 on SIGTERM', async () => {
  expect(
    await start(`${SERVER} process.once('SIGTERM', () => server.close());`),
  ).toMatchObject({ outcome: 'passed', exitCode: 0 });
});

it('fails what does not shut down by itself', async () => {
  expect(await start(SERVER)).toMatchObject({
    outcome: 'failed',
    exitCode: null,
    reason: expect.stringContaining('after SIGTERM'),
  });
});

it('fails what ends before it is ready, with what it said', async () => {
  expect(
    await start('console.log("no database"); process.exitCode = 7;'),
  ).toMatchObject({
    outcome: 'failed',
    exitCode: 7,
    reason: 'It ended with 7 before it was ready',
    tail: 'no database',
  });
});

it('fails what listens and never is ready, and a program that is not there', async () => {
  const late = startService({
    start: {
      command: [process.execPath, '-e', SERVER],
      readyPath: '/other',
      env: {},
    },
    folder: os.tmpdir(),
    env: { PATH: process.env.PATH },
    readyWithinMs: 1_500,
  });
  expect(await late).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('did not answer 200'),
  });
  expect(
    await start('', { command: ['golden-path-no-such-program'] }),
  ).toMatchObject({ outcome: 'failed', readySeconds: null });
});
