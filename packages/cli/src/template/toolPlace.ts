import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where tools are found and what they may see of the environment. */
export interface ToolPlace {
  /** Of every program that is started. */
  env: NodeJS.ProcessEnv;
  /** What `scripts/templateTools.mjs` installed; may not exist. */
  folder: string;
}

/** Of the machine's own settings, what a registry client needs to reach its registry; nothing else is passed on. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER', 'LOGNAME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
  ...['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO'],
  ...['npm_config_registry', 'NPM_CONFIG_REGISTRY', 'npm_config_cafile'],
  ...['PIP_INDEX_URL', 'PIP_CERT', 'PIP_CONFIG_FILE', 'PIP_FIND_LINKS'],
  ...['UV_INDEX_URL', 'UV_DEFAULT_INDEX'],
  ...['GOPROXY', 'GONOSUMDB', 'GONOSUMCHECK', 'GOSUMDB', 'GOFLAGS', 'GOROOT'],
  ...['GOPATH', 'GOMODCACHE', 'GOCACHE'],
  ...['JAVA_HOME', 'MAVEN_OPTS', 'MAVEN_HOME', 'PYENV_ROOT', 'PYENV_VERSION'],
];

const CREDENTIALS = /\/\/[^/@\s]+:[^/@\s]+@/;

/**
 * The environment of what a template's proof starts: paths and the machine's way to its registries, no secrets. An
 * address with a password in it is left out too.
 */
export function plainEnvironment(
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { CI: 'true', NO_COLOR: '1' };
  for (const name of PASSED_ON) {
    const value = env[name];
    if (value !== undefined && !CREDENTIALS.test(value)) {
      kept[name] = value;
    }
  }
  return kept;
}

/** The environment of a service's own build: as {@link plainEnvironment}, without this suite's own commands on PATH. */
export function buildEnvironment(
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const plain = plainEnvironment(env);
  const inPackage = path.join('node_modules', '.bin');
  const tools = path.join('template-tools', 'bin');
  return {
    ...plain,
    PATH: (plain.PATH ?? '')
      .split(path.delimiter)
      .filter(one => !one.endsWith(inPackage) && !one.endsWith(tools))
      .join(path.delimiter),
  };
}

/** The checkout this package lies in. */
function checkout(): string {
  const packageFile = require.resolve('@goldenpath/cli/package.json');
  return path.resolve(path.dirname(packageFile), '../..');
}

/** The schemas and programs that come with this package. */
export function assetsFolder(): string {
  return path.join(checkout(), 'packages', 'cli', 'src', 'template');
}

/** Finds the installed tools: where the environment says, else in the checkout's cache. */
export function findTools(env: NodeJS.ProcessEnv = process.env): ToolPlace {
  const folder =
    env.GOLDEN_PATH_TEMPLATE_TOOLS ??
    path.join(checkout(), '.cache', 'template-tools');
  const plain = plainEnvironment(env);
  return {
    folder,
    env: {
      ...plain,
      PATH: [path.join(folder, 'bin'), plain.PATH ?? ''].join(path.delimiter),
    },
  };
}

/** The file of a program on the place's PATH. */
export function findProgram(
  place: ToolPlace,
  name: string,
): string | undefined {
  return (place.env.PATH ?? '')
    .split(path.delimiter)
    .map(folder => path.join(folder, name))
    .find(file => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A new folder that is gone when `work` has ended. */
export async function withScratch<T>(
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await fs.promises.mkdtemp(
    path.join(os.tmpdir(), 'golden-path-proof-'),
  );
  try {
    return await work(folder);
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}
