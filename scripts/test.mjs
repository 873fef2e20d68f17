/**
 * Every test of the project, in the order in which a failure is cheapest to know. `npm test -- unit e2e` runs a choice.
 */
import path from 'node:path';
import { ensureLanguages, LANGUAGE_NAMES } from './languages.mjs';
import { handOver } from './processes.mjs';
import { startPostgres } from './postgres.mjs';
import { Plain, step } from './report.mjs';
import {
  ensureProgram,
  findChromium,
  findJq,
  findPrometheus,
} from './systemPackages.mjs';
import { ensureTemplateTools } from './templateTools.mjs';
import { root } from './toolchain.mjs';
import { startUnleash } from './unleashServer.mjs';

/** Prometheus and Unleash for the tests that read from the real ones, which leave themselves out without. */
async function outsideServers(toolchain, postgres) {
  const env = {};
  const missing = [];
  let stop = async () => {};
  const attempt = async (name, work) => {
    try {
      await work();
    } catch (error) {
      const how = error instanceof Plain ? error.message : String(error);
      missing.push({ name, how });
    }
  };
  await attempt('prometheus', async () => {
    env.GOLDEN_PATH_PROMETHEUS = await ensureProgram(
      findPrometheus,
      'prometheus',
      'Prometheus',
    );
  });
  await attempt('unleash', async () => {
    const unleash = await startUnleash(toolchain, postgres.url);
    stop = unleash.stop;
    env.GOLDEN_PATH_UNLEASH_URL = unleash.url;
    env.GOLDEN_PATH_UNLEASH_ADMIN_TOKEN = unleash.adminToken;
    env.GOLDEN_PATH_UNLEASH_CLIENT_TOKEN = unleash.clientToken;
  });
  return { env, missing, stop };
}

async function unitTests(toolchain) {
  const postgres = await startPostgres();
  let servers;
  try {
    servers = await outsideServers(toolchain, postgres);
    if (!isEnough(servers.missing)) {
      return 1;
    }
    return await handOver(
      'backstage-cli',
      ['repo', 'test', '--watch=false', '--testTimeout=60000'],
      {
        cwd: root,
        env: {
          ...toolchain.env,
          ...servers.env,
          CI: '1',
          TZ: 'UTC',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          // Without a connection string TestDatabases leaves PostgreSQL out and the run stays green
          GOLDEN_PATH_REQUIRE_POSTGRES: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING: postgres.url,
        },
      },
    );
  } finally {
    await servers?.stop();
    await postgres.stop();
  }
}

async function browserTest(toolchain, file, env) {
  const chromium = await ensureProgram(findChromium, 'chromium', 'Chromium');
  return handOver(
    toolchain.node,
    [
      '--test',
      '--test-concurrency=1',
      '--test-timeout=1500000',
      path.join('packages', 'app', 'e2e-tests', file),
    ],
    { cwd: root, env: { ...env, GOLDEN_PATH_CHROMIUM: chromium } },
  );
}

/** Runs the reporting step of a service's own pipeline, which is written with jq. */
async function healthTest(toolchain) {
  await ensureProgram(findJq, 'jq', 'jq');
  return browserTest(toolchain, 'health.test.ts', toolchain.env);
}

/** Says what could not be had. In CI nothing may be left out, elsewhere it is enough to say so. */
function isEnough(missing) {
  for (const { name, how } of missing) {
    step(`Left out: ${name}. ${how}`);
  }
  return missing.length === 0 || !process.env.CI;
}

/** Renders, lints and scores every template, and plants its faults; the builds are part of the suite `create`. */
async function templateTests(toolchain) {
  const { env, missing } = await ensureTemplateTools(toolchain);
  if (!isEnough(missing)) {
    return 1;
  }
  const { staleCopies, TEMPLATES } = await import('./templateParts.mjs');
  const stale = staleCopies(path.join(root, 'templates'));
  if (stale.length > 0) {
    step(
      `These files differ from their part, run node scripts/templateParts.mjs: ${stale
        .map(({ target }) => path.relative(root, target))
        .join(', ')}`,
    );
    return 1;
  }
  const codes = [
    await handOver(
      'backstage-cli',
      ['package', 'test', '--watch=false', 'src/template/plantedFaults'],
      { cwd: path.join(root, 'packages', 'cli'), env: { ...env, CI: '1' } },
    ),
  ];
  for (const template of TEMPLATES) {
    step(`Proving the template ${template}`);
    const code = await handOver(
      toolchain.node,
      [
        path.join('packages', 'cli', 'bin', 'golden-path'),
        ...['template', 'test', path.join('templates', template)],
        ...['--only', 'render,lint,score,mutations'],
        ...(process.env.CI ? ['--require-all'] : []),
      ],
      { cwd: root, env },
    );
    // 2: it could not be told, which is to be expected where tools were left out
    codes.push(code === 2 && missing.length > 0 ? 0 : code);
    codes.push(
      await handOver(
        toolchain.node,
        [
          path.join('packages', 'cli', 'bin', 'golden-path'),
          ...['template', 'verify', path.join('templates', template)],
        ],
        { cwd: root, env },
      ),
    );
  }
  return Math.max(...codes);
}

/** Creates every template from the Create page, and runs what it made. */
async function createTests(toolchain) {
  const { env, missing } = await ensureLanguages(toolchain.env, LANGUAGE_NAMES);
  return isEnough(missing)
    ? browserTest(toolchain, 'templates.test.ts', {
        ...env,
        GOLDEN_PATH_MISSING_LANGUAGES: missing
          .map(({ name }) => name)
          .join(','),
      })
    : 1;
}

const SUITES = {
  types: async t =>
    // From scratch: what an incremental run writes depends on the runs before it
    (await handOver('tsc', ['--incremental', 'false'], {
      cwd: root,
      env: t.env,
    })) ||
    handOver('tsc', ['-p', 'packages/app/e2e-tests'], {
      cwd: root,
      env: t.env,
    }),
  // Reads the declarations that `types` wrote
  api: t =>
    handOver(
      'backstage-repo-tools',
      [
        'api-reports',
        '--ci',
        // Its text names the file's path on this machine
        ...['--omit-messages', 'ae-wrong-input-file-type'],
        ...['--allow-warnings', 'packages/*,plugins/*'],
      ],
      { cwd: root, env: t.env },
    ),
  lint: t =>
    handOver('backstage-cli', ['repo', 'lint', '--max-warnings=0'], {
      cwd: root,
      env: t.env,
    }),
  format: t =>
    handOver('prettier', ['--check', '--loglevel=warn', '.'], {
      cwd: root,
      env: t.env,
    }),
  scripts: t =>
    handOver(t.node, ['--test', 'scripts/toolchain.test.mjs'], {
      cwd: root,
      env: t.env,
    }),
  config: t =>
    handOver('backstage-cli', ['config:check', '--lax', '--strict'], {
      cwd: root,
      env: t.env,
    }),
  unit: unitTests,
  templates: templateTests,
  e2e: t => browserTest(t, 'loop.test.ts', t.env),
  drift: t => browserTest(t, 'drift.test.ts', t.env),
  health: healthTest,
  create: createTests,
};

/**
 * @param {{node: string, env: NodeJS.ProcessEnv}} toolchain
 * @param {string[]} names suites to run, all when empty
 * @returns {Promise<number>} 0 when all passed
 */
export async function runEverything(toolchain, names) {
  const unknown = names.filter(name => !(name in SUITES));
  if (unknown.length > 0) {
    throw new Plain(
      `No such suite: ${unknown.join(', ')}. There are: ${Object.keys(
        SUITES,
      ).join(', ')}.`,
    );
  }
  const results = [];
  for (const name of names.length > 0 ? names : Object.keys(SUITES)) {
    step(`Test suite: ${name}`);
    const started = Date.now();
    const code = await SUITES[name](toolchain);
    results.push({
      name,
      code,
      seconds: Math.round((Date.now() - started) / 1000),
    });
  }
  step('Result');
  for (const { name, code, seconds } of results) {
    step(`${code === 0 ? 'passed' : 'FAILED'}  ${name}  ${seconds} s`);
  }
  return results.some(({ code }) => code !== 0) ? 1 : 0;
}
