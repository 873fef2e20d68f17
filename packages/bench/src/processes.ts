import { ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ServerJob } from './http/server';
import { Job, Measured } from './jobs';

const ROOT = path.dirname(require.resolve('@goldenpath/bench/package.json'));
const SOURCE = path.join(ROOT, 'src');

/** Where the bundles and databases of a run are. */
export interface Workshop {
  folder: string;
  child: string;
  server: string;
}

/**
 * Bundles what runs in processes of its own, as the packages are bundled when they are published: modules that reach
 * into each other one by one, as in a checkout, cost several times as much.
 */
export async function createWorkshop(folder: string): Promise<Workshop> {
  fs.mkdirSync(folder, { recursive: true });
  const bundle = async (entry: string) => {
    const outfile = path.join(folder, `${path.basename(entry, '.ts')}.cjs`);
    await build({
      entryPoints: [path.join(SOURCE, entry)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      logLevel: 'error',
      plugins: [
        {
          name: 'own-packages-only',
          setup(own) {
            own.onResolve(
              { filter: /^[^./]/ },
              ({ path: name, resolveDir }) => {
                if (name.startsWith('@goldenpath/')) {
                  return undefined;
                }
                return {
                  path: name.startsWith('node:')
                    ? name
                    : require.resolve(name, { paths: [resolveDir] }),
                  external: true,
                };
              },
            );
          },
        },
      ],
    });
    return outfile;
  };
  return {
    folder,
    child: await bundle('child.ts'),
    server: await bundle('http/serverChild.ts'),
  };
}

/** Runs one job in a process of its own. */
export function runJob(
  workshop: Workshop,
  job: Job,
  env: Record<string, string> = {},
): Promise<Measured> {
  const child = start(workshop.child, job, env);
  return new Promise((resolve, reject) => {
    const { output, errors } = collect(child);
    child.once('exit', code =>
      code === 0
        ? resolve(JSON.parse(output.text.trim().split('\n').pop()!))
        : reject(new Error(`${JSON.stringify(job)} failed: ${errors.text}`)),
    );
  });
}

/** Starts a server in a process of its own, and stops it after `work`. */
export async function withServer<T>(
  workshop: Workshop,
  job: ServerJob,
  work: (port: number) => Promise<T>,
): Promise<T> {
  const child = start(workshop.server, job, { NODE_ENV: 'production' });
  const { output, errors } = collect(child);
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout!.on('data', () => {
        const line = output.text.match(/^\{"port":(\d+)\}$/m);
        if (line) {
          resolve(Number(line[1]));
        }
      });
      child.once('exit', () => reject(new Error(errors.text)));
    });
    return await work(port);
  } finally {
    child.kill('SIGKILL');
  }
}

function start(
  file: string,
  job: object,
  env: Record<string, string>,
): ChildProcess {
  return spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

function collect(child: ChildProcess) {
  const output = { text: '' };
  const errors = { text: '' };
  child.stdout!.on('data', data => {
    output.text += data;
  });
  child.stderr!.on('data', data => {
    errors.text = (errors.text + data).slice(-4000);
  });
  return { output, errors };
}
