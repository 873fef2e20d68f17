/**
 * The outside tools a template is proven with, in pinned versions under .cache/template-tools, beside the toolchains its
 * services are built with. Nothing is installed outside this folder but Debian's packages, and those
 * only where this runs as root with apt-get, as containers do.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ensureLanguages } from './languages.mjs';
import { capture } from './processes.mjs';
import { Plain, step, withProgress } from './report.mjs';
import { ensureProgram } from './systemPackages.mjs';
import { root } from './toolchain.mjs';

const folder = path.join(root, '.cache', 'template-tools');
const bin = path.join(folder, 'bin');

const PYTHON_PACKAGES = {
  zizmor: '1.32.0',
  checkov: '3.3.30',
  // Its wheel has the JSON schemas of every Kubernetes kind
  'kubernetes-validate': '1.37.0',
};
/** The newest version of Kubernetes whose schemas the package has. */
const KUBERNETES = '1.37.0';
const PYTHON_PROGRAMS = ['zizmor', 'checkov'];

/** A program's package within its module, which may be the module itself. */
const GO_PROGRAMS = {
  actionlint: ['github.com/rhysd/actionlint', 'v1.7.12', '/cmd/actionlint'],
  kubeconform: ['github.com/yannh/kubeconform', 'v0.8.0', '/cmd/kubeconform'],
  kustomize: ['sigs.k8s.io/kustomize/kustomize/v5', 'v5.8.1', ''],
  sloth: ['github.com/slok/sloth', 'v0.16.0', '/cmd/sloth'],
  oslo: ['github.com/OpenSLO/oslo', 'v0.12.0', '/cmd/oslo'],
};

const NODE_PACKAGES = {
  '@actions/languageservice': '0.3.61',
  'gitlab-ci-local': '4.75.1',
};

const DEBIAN_PROGRAMS = { promtool: 'prometheus', shellcheck: 'shellcheck' };

function findOn(searchPath, name) {
  return searchPath
    .split(path.delimiter)
    .map(one => path.join(one, name))
    .find(file => fs.existsSync(file));
}

/** Runs one installation as a background guest of the machine. */
async function install(what, command, args, options) {
  await withProgress(`Installing ${what} for proving templates`, async () => {
    const result = await capture(
      'nice',
      ['-n', '10', command, ...args],
      options,
    );
    if (result.code !== 0) {
      throw new Plain(`${what} could not be installed:\n${result.output}`);
    }
  });
}

/** Does `work` unless it was done before with the same key in this place. */
async function once(name, key, work) {
  const stamp = path.join(folder, `${name}.stamp`);
  const wanted = JSON.stringify({ folder, key });
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  fs.rmSync(stamp, { force: true });
  await work();
  fs.writeFileSync(stamp, wanted);
}

function link(target, name) {
  const place = path.join(bin, name);
  fs.rmSync(place, { force: true });
  fs.symlinkSync(target, place);
}

async function installPython(env) {
  const venv = path.join(folder, 'python');
  const packages = Object.entries(PYTHON_PACKAGES).map(
    ([name, version]) => `${name}==${version}`,
  );
  await once('python', packages, async () => {
    fs.rmSync(venv, { recursive: true, force: true });
    await install('a Python environment', 'python3', ['-m', 'venv', venv], {
      env,
    });
    await install(
      Object.keys(PYTHON_PACKAGES).join(', '),
      path.join(venv, 'bin', 'python'),
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        ...packages,
      ],
      { env },
    );
    // Links, since the environment's own folder on PATH would stand before the machine's Python
    for (const program of PYTHON_PROGRAMS) {
      link(path.join(venv, 'bin', program), program);
    }
  });
  await once('kubernetes', PYTHON_PACKAGES['kubernetes-validate'], () =>
    writeKubernetesSchemas(venv),
  );
}

/** The schemas as files that refer to each other, where the package's refer to an address. */
function writeKubernetesSchemas(venv) {
  const library = path.join(venv, 'lib');
  const [version] = fs.readdirSync(library);
  const source = path.join(
    ...[library, version, 'site-packages', 'kubernetes_validate'],
    ...['kubernetes-json-schema', `v${KUBERNETES}-local-strict`],
  );
  const target = path.join(folder, 'kubernetes', KUBERNETES);
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const name of fs.readdirSync(source)) {
    const schema = JSON.parse(fs.readFileSync(path.join(source, name), 'utf8'));
    delete schema.$id;
    const text = JSON.stringify(schema).replaceAll(
      '"/api/_definitions.json#',
      '"_definitions.json#',
    );
    fs.writeFileSync(path.join(target, name), text);
  }
}

async function installGo(name, [module, version, inside], env) {
  await once(`go-${name}`, `${module}${inside}@${version}`, async () => {
    // A module of its own that requires the tool's: `go install` also asks for all versions there are, which not every
    // proxy tells of every module
    const place = path.join(folder, 'go', name);
    fs.rmSync(place, { recursive: true, force: true });
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(
      path.join(place, 'go.mod'),
      `module tools\n\ngo 1.25\n\nrequire ${module} ${version}\n`,
    );
    await install(
      name,
      'go',
      [
        ...['build', '-mod=mod', '-trimpath', '-buildvcs=false'],
        ...['-o', path.join(bin, name), `${module}${inside}`],
      ],
      { cwd: place, env: { ...env, GOFLAGS: '' } },
    );
  });
}

async function installNode(env) {
  const packages = Object.entries(NODE_PACKAGES).map(
    ([name, version]) => `${name}@${version}`,
  );
  await once('node', packages, async () => {
    const manifest = path.join(folder, 'package.json');
    fs.writeFileSync(manifest, '{ "private": true }\n');
    await install(
      Object.keys(NODE_PACKAGES).join(', '),
      'npm',
      [
        ...['install', '--prefix', folder, '--save-exact', '--ignore-scripts'],
        ...['--no-audit', '--no-fund', ...packages],
      ],
      { cwd: folder, env },
    );
    link('../node_modules/.bin/gitlab-ci-local', 'gitlab-ci-local');
  });
}

/**
 * Makes the tools available that `golden-path template test` runs, one installation at a time, and looks for the
 * toolchains of `languages`. The second run installs nothing.
 *
 * @param {{env: NodeJS.ProcessEnv}} toolchain from `ensureToolchain`
 * @param {{languages?: string[]}} [options] toolchains that are needed, of `LANGUAGE_NAMES`
 * @returns {Promise<{env: NodeJS.ProcessEnv, missing: {name: string, how: string}[]}>} `env` has the tools on its PATH;
 * `missing` names tools and toolchains that could not be had, with what to do about it
 */
export async function ensureTemplateTools(toolchain, { languages = [] } = {}) {
  fs.mkdirSync(bin, { recursive: true });
  const wanted = [...new Set(['python', 'go', ...languages])];
  const found = await ensureLanguages(toolchain.env, wanted);
  const problems = new Map(found.missing.map(({ name, how }) => [name, how]));
  const env = {
    ...found.env,
    PATH: [bin, found.env.PATH].join(path.delimiter),
    GOLDEN_PATH_TEMPLATE_TOOLS: folder,
  };
  const missing = [];
  const attempt = async (names, work) => {
    try {
      await work();
    } catch (error) {
      const how = error instanceof Plain ? error.message : String(error);
      missing.push(...names.map(name => ({ name, how })));
    }
  };

  await attempt(Object.keys(NODE_PACKAGES), () => installNode(env));
  const python = problems.get('python');
  await attempt(Object.keys(PYTHON_PACKAGES), () => {
    if (python) {
      throw new Plain(python);
    }
    return installPython(env);
  });
  const go = problems.get('go');
  for (const [name, program] of Object.entries(GO_PROGRAMS)) {
    await attempt([name], () => {
      if (go) {
        throw new Plain(go);
      }
      return installGo(name, program, env);
    });
  }
  for (const [name, debianPackage] of Object.entries(DEBIAN_PROGRAMS)) {
    await attempt([name], () =>
      ensureProgram(() => findOn(env.PATH, name), debianPackage, name),
    );
  }
  for (const name of languages) {
    if (problems.has(name)) {
      missing.push({ name, how: problems.get(name) });
    }
  }
  // Some programs that are built from source do not know their own version, and others take seconds to say it
  fs.writeFileSync(
    path.join(folder, 'versions.json'),
    JSON.stringify({
      ...PYTHON_PACKAGES,
      ...Object.fromEntries(
        Object.entries(GO_PROGRAMS).map(([name, [, version]]) => [
          name,
          version.slice(1),
        ]),
      ),
      kubernetes: KUBERNETES,
    }),
  );
  for (const { name, how } of missing) {
    step(`Missing: ${name}. ${how}`);
  }
  return { env, missing };
}
