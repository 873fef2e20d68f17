/**
 * Node and Yarn in the versions this repository needs: the machine's own where they fit, else from the npm registry
 * into .cache/toolchain. Nothing is installed outside this folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import { capture, isInstalled } from './processes.mjs';
import { explainFailure, Plain, withProgress } from './report.mjs';

export const root = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '..',
);

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.13.0';
const SUPPORTED_NODE_MAJORS = [22, 24];
const folder = path.join(root, '.cache', 'toolchain');

function modulePath(...segments) {
  return path.join(folder, 'node_modules', ...segments);
}

function installedVersion(name) {
  try {
    return JSON.parse(fs.readFileSync(modulePath(name, 'package.json'), 'utf8'))
      .version;
  } catch {
    return undefined;
  }
}

/** The folder with the `node` to use, and what must be fetched for it. */
function chooseNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED_NODE_MAJORS.includes(major)) {
    return { bin: path.dirname(process.execPath), missing: [] };
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  return {
    bin: modulePath(name, 'bin'),
    missing:
      installedVersion(name) === NODE_VERSION
        ? []
        : [`${name}@${NODE_VERSION}`],
  };
}

function chooseYarn() {
  const name = '@yarnpkg/cli-dist';
  return {
    bin: modulePath('.bin'),
    script: modulePath(name, 'bin', 'yarn.js'),
    missing:
      installedVersion(name) === YARN_VERSION
        ? []
        : [`${name}@${YARN_VERSION}`],
  };
}

/**
 * Makes Node and Yarn available and says how to run things with them.
 *
 * @returns {Promise<{node: string, yarn: string, env: NodeJS.ProcessEnv}>} `node` and `yarn` (a script for `node`) are
 * absolute paths; `env` has both on its PATH, and this repository's own commands
 * @throws {Plain} when they cannot be had
 */
export async function ensureToolchain() {
  const node = chooseNode();
  const yarn = chooseYarn();
  const missing = [...node.missing, ...yarn.missing];
  if (missing.length > 0) {
    await withProgress(`Fetching ${missing.join(' and ')}`, async () => {
      fs.mkdirSync(folder, { recursive: true });
      const manifest = path.join(folder, 'package.json');
      if (!fs.existsSync(manifest)) {
        fs.writeFileSync(manifest, '{ "private": true }\n');
      }
      const result = await capture(
        'npm',
        [
          'install',
          '--prefix',
          folder,
          '--save-exact',
          '--ignore-scripts',
          '--no-audit',
          '--no-fund',
          ...missing,
        ],
        { cwd: folder },
      ).catch(() => {
        throw new Plain('npm was not found. Install Node.js with npm.');
      });
      if (result.code !== 0) {
        throw new Plain(
          explainFailure(
            result.output,
            `Node ${NODE_VERSION} or Yarn ${YARN_VERSION} could not be fetched:\n${result.output}`,
          ),
        );
      }
    });
  }
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const searchPath = [
    node.bin,
    yarn.bin,
    path.join(root, 'node_modules', '.bin'),
    process.env.PATH ?? '',
  ].join(path.delimiter);
  return {
    node: path.join(node.bin, executable),
    yarn: yarn.script,
    env: { ...process.env, PATH: searchPath },
  };
}

/** @throws {Plain} when git is missing or too old to serve and merge repositories */
export async function requireGit() {
  if (!(await isInstalled('git'))) {
    throw new Plain('git was not found. Install git 2.38 or later.');
  }
  const { stdout } = await capture('git', ['--version']);
  const [major, minor] = (/(\d+)\.(\d+)/.exec(stdout) ?? [])
    .slice(1)
    .map(Number);
  if (major < 2 || (major === 2 && minor < 38)) {
    throw new Plain(
      `git ${major}.${minor} is too old. Install git 2.38 or later.`,
    );
  }
}
