/** Installs the workspace from yarn.lock, once: a stamp says for which files it was done. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { explainFailure, Plain, withProgress } from './report.mjs';
import { root } from './toolchain.mjs';

const stampFile = path.join(root, 'node_modules', '.golden-path-setup');

function fingerprint() {
  const hash = createHash('sha256');
  const files = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const workspace of ['packages', 'plugins']) {
    for (const name of fs.readdirSync(path.join(root, workspace)).sort()) {
      files.push(path.join(workspace, name, 'package.json'));
    }
  }
  for (const file of files) {
    const full = path.join(root, file);
    if (fs.existsSync(full)) {
      hash.update(file).update('\0').update(fs.readFileSync(full)).update('\0');
    }
  }
  return hash.update(process.platform + process.arch).digest('hex');
}

function isUpToDate() {
  try {
    return fs.readFileSync(stampFile, 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

async function registryEnvironment() {
  // Yarn does not read npmrc; a mirror set for npm must reach it
  const { stdout, code } = await capture('npm', ['config', 'get', 'registry'], {
    cwd: root,
  });
  const registry = stdout.trim().replace(/\/$/, '');
  if (code !== 0 || !/^https?:/.test(registry)) {
    return {};
  }
  return {
    YARN_NPM_REGISTRY_SERVER: registry,
    ...(registry.startsWith('http:') && {
      YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
    }),
  };
}

/**
 * @param {{node: string, yarn: string, env: NodeJS.ProcessEnv}} toolchain
 * @param {{update?: boolean}} options `update` lets Yarn change yarn.lock
 * @throws {Plain} when the installation fails
 */
export async function ensureInstalled(toolchain, { update = false } = {}) {
  if (!update && isUpToDate()) {
    return;
  }
  await withProgress('Installing dependencies from yarn.lock', async () => {
    const result = await capture(
      toolchain.node,
      [
        toolchain.yarn,
        'install',
        ...(update ? ['--no-immutable'] : ['--immutable']),
      ],
      {
        cwd: root,
        env: {
          ...toolchain.env,
          ...(await registryEnvironment()),
          YARN_ENABLE_PROGRESS_BARS: 'false',
        },
      },
    );
    if (result.code !== 0) {
      throw new Plain(
        explainFailure(
          result.output,
          `The dependencies could not be installed:\n${result.output}`,
        ),
      );
    }
  });
  fs.writeFileSync(stampFile, fingerprint());
}
