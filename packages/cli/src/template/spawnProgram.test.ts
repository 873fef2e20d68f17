import { NotStarted, spawnProgram } from './spawnProgram';

// Programs are started here, which takes long on a busy machine
jest.setTimeout(60_000);

const options = {
  cwd: '/',
  env: { PATH: process.env.PATH },
  timeoutMs: 20_000,
};
const node = (script: string, more = {}) =>
  spawnProgram(process.execPath, ['-e', script], { ...options, ...more });

/** What has ended may stay listed as `Z` until somebody asks for its code. */
async function isRunning(pid: number): Promise<boolean> {
  const args = ['-o', 'stat=', '-p', String(pid)];
  const { stdout } = await spawnProgram('ps', args, options);
  return stdout !== '' && !stdout.startsWith('Z');
}

it('gives both streams, the code and the input', async () => {
  expect(
    await node(
      'process.stdin.on("data", d => { console.log("in " + d); console.error("err"); process.exitCode = 3; })',
      { input: 'text' },
    ),
  ).toMatchObject({
    code: 3,
    stdout: 'in text\n',
    stderr: 'err\n',
    timedOut: false,
  });
});

it('ends a program that takes too long, with what it started', async () => {
  const result = await node(
    `const { spawn } = require('node:child_process');
     const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
     console.log(child.pid);
     setInterval(() => {}, 1000);`,
    { timeoutMs: 1_500 },
  );
  expect(result.timedOut).toBe(true);
  const child = Number(result.stdout);
  expect(child).toBeGreaterThan(0);
  expect(await isRunning(child)).toBe(false);
});

it('says that there is no such program', async () => {
  await expect(
    spawnProgram('golden-path-no-such-program', [], options),
  ).rejects.toBeInstanceOf(NotStarted);
});

it('takes what a shell would interpret as plain text', async () => {
  const { stdout } = await spawnProgram(
    process.execPath,
    ['-e', 'console.log(process.argv[1])', '$(echo shell) ; *'],
    options,
  );
  expect(stdout).toBe('$(echo shell) ; *\n');
});
