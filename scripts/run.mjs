#!/usr/bin/env node
/**
 * The one way in: makes the tools and dependencies available, then runs a command with them. Works from any Node 20 or
 * later with npm and git; needs no other package itself.
 *
 *   node scripts/run.mjs setup | start | test | bench | golden-path | <command in node_modules/.bin> [arguments]
 */
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { requireFreePorts } from './ports.mjs';
import { handOver } from './processes.mjs';
import { Plain, step } from './report.mjs';
import { ensureToolchain, requireGit, root } from './toolchain.mjs';

async function main([command, ...args]) {
  if (!command) {
    throw new Plain(
      'Usage: node scripts/run.mjs setup | start | test | bench | golden-path | <tool> [arguments]',
    );
  }
  await requireGit();
  const toolchain = await ensureToolchain();
  const { node, env } = toolchain;
  await ensureInstalled(toolchain, {
    update: command === 'setup' && args.includes('--update'),
  });
  const options = { cwd: root, env };

  switch (command) {
    case 'setup':
      step('Ready. `npm start` runs Backstage at http://localhost:3000.');
      return 0;
    case 'start': {
      await requireFreePorts(env);
      const port = env.GOLDEN_PATH_APP_PORT ?? 3000;
      step(
        `Starting Backstage at http://localhost:${port} (about half a minute; Ctrl-C stops it)`,
      );
      return handOver('backstage-cli', ['repo', 'start', ...args], options);
    }
    case 'test': {
      const { runEverything } = await import('./test.mjs');
      return runEverything(toolchain, args);
    }
    case 'bench': {
      const { startPostgres } = await import('./postgres.mjs');
      const postgres = await startPostgres();
      try {
        return await handOver(
          node,
          [
            '-r',
            '@backstage/cli/config/nodeTransform.cjs',
            path.join(root, 'packages/bench/src/index.ts'),
            ...args,
          ],
          { ...options, env: { ...env, BENCH_POSTGRES_URL: postgres.url } },
        );
      } finally {
        await postgres.stop();
      }
    }
    case 'golden-path':
      return handOver(
        node,
        [path.join(root, 'packages/cli/bin/golden-path'), ...args],
        { ...options, cwd: process.env.INIT_CWD ?? process.cwd() },
      );
    default:
      return handOver(command, args, options);
  }
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(
      error instanceof Plain ? `\n${error.message}\n` : `${error.stack}\n`,
    );
    process.exitCode = 1;
  },
);
