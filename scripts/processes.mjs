/** Child processes: captured with progress, or handed the terminal. */
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @returns {Promise<{code: number, output: string, stdout: string}>} `output` is the last 64 KiB of both streams
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    let stdout = '';
    const keep = chunk => {
      output = (output + chunk).slice(-65_536);
    };
    child.stdout.on('data', chunk => {
      stdout += chunk;
      keep(chunk);
    });
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? 1, output, stdout }));
  });
}

/**
 * Runs a program on this terminal; Ctrl-C reaches it and is awaited.
 *
 * @returns {Promise<number>} its exit code
 */
export function handOver(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const forward = signal => child.kill(signal);
    const awaitChild = () => {};
    process.on('SIGINT', awaitChild);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', awaitChild);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal ? 130 : 1));
    });
  });
}

/** Whether a program can be started at all. */
export async function isInstalled(command, args = ['--version']) {
  try {
    return (await capture(command, args)).code === 0;
  } catch {
    return false;
  }
}
