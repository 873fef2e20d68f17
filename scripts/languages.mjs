/**
 * The toolchains that what templates make is built with: the machine's own, else, as root on Debian, its packages, and
 * for Go, whose package there is too old, the toolchain that the Go module proxy serves.
 */
import fs from 'node:fs';
import path from 'node:path';
import { capture } from './processes.mjs';
import { Plain, withProgress } from './report.mjs';
import { ensureProgram } from './systemPackages.mjs';
import { root } from './toolchain.mjs';

const GO_VERSION = '1.26.8';
const DEBIAN_GO = '/usr/lib/go-1.19/bin/go';
const goFolder = path.join(root, '.cache', 'go');

/** What a toolchain is called on PATH, from which version on, how to get it, and how it is installed here. */
const LANGUAGES = {
  node: {
    needs: [['node', ['--version'], [22, 0]]],
    how: 'Install Node.js 24.',
  },
  python: {
    needs: [
      ['python3', ['--version'], [3, 11]],
      [
        'python3',
        ['-c', 'import ensurepip, sys; print(*sys.version_info[:2], sep=".")'],
        [3, 11],
      ],
    ],
    how: 'Install Python 3.11 or later with venv and pip.',
    packages: ['python3', 'python3-venv'],
  },
  go: {
    needs: [
      ['go', ['version'], [1, 25]],
      ['gcc', ['--version'], [0, 0]],
      ['make', ['--version'], [0, 0]],
    ],
    how: "Install Go 1.25 or later, gcc and make; Debian 12's Go is too old.",
    packages: ['golang-1.19-go', 'gcc', 'libc6-dev', 'make'],
    install: installGo,
  },
  java: {
    needs: [
      ['javac', ['-version'], [17, 0]],
      ['mvn', ['--version'], [3, 8]],
    ],
    how: 'Install a JDK of version 17 or later, and Maven.',
    packages: ['openjdk-17-jdk-headless', 'maven'],
  },
};

export const LANGUAGE_NAMES = Object.keys(LANGUAGES);

async function versionOf(command, args, env) {
  try {
    const { code, output } = await capture(command, args, { env });
    const found = code === 0 ? /(\d+)\.(\d+)/.exec(output) : null;
    return found && [Number(found[1]), Number(found[2])];
  } catch {
    return null;
  }
}

async function problemOf(name, env) {
  const { needs, how } = LANGUAGES[name];
  for (const [command, args, [major, minor]] of needs) {
    const found = await versionOf(command, args, env);
    if (!found) {
      return `${command} was not found. ${how}`;
    }
    if (found[0] < major || (found[0] === major && found[1] < minor)) {
      return `${command} ${found.join('.')} is too old. ${how}`;
    }
  }
  return undefined;
}

/** The toolchain as the module proxy serves it; any Go downloads it, checked against the checksum database. */
async function installGo(env) {
  const target = path.join(goFolder, `go${GO_VERSION}`);
  const bin = path.join(target, 'bin');
  if (!fs.existsSync(path.join(bin, 'go'))) {
    const machine = process.arch === 'arm64' ? 'arm64' : 'amd64';
    const module = `golang.org/toolchain@v0.0.1-go${GO_VERSION}.linux-${machine}`;
    await withProgress(`Fetching Go ${GO_VERSION}`, async () => {
      const { code, output } = await capture(
        DEBIAN_GO,
        ['mod', 'download', module],
        {
          env: {
            ...env,
            GOENV: 'off',
            GOFLAGS: '-modcacherw',
            GOPATH: path.join(goFolder, 'path'),
            GOCACHE: path.join(goFolder, 'cache'),
            GOTOOLCHAIN: '',
          },
        },
      );
      if (code !== 0) {
        throw new Plain(`Go ${GO_VERSION} could not be fetched:\n${output}`);
      }
      const unpacked = path.join(goFolder, 'path', 'pkg', 'mod', module);
      const staged = `${target}.part`;
      fs.rmSync(staged, { recursive: true, force: true });
      fs.cpSync(unpacked, staged, { recursive: true });
      mendModule(staged, machine);
      fs.renameSync(staged, target);
    });
  }
  return {
    ...env,
    PATH: [bin, env.PATH].join(path.delimiter),
    GOTOOLCHAIN: 'local',
  };
}

/** Zips of modules keep no modes and cannot hold modules, so that both have to be put right. */
function mendModule(folder, machine) {
  for (const entry of fs.readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.name === '_go.mod') {
      const place = entry.parentPath;
      fs.renameSync(path.join(place, '_go.mod'), path.join(place, 'go.mod'));
    }
  }
  for (const place of ['bin', path.join('pkg', 'tool', `linux_${machine}`)]) {
    for (const name of fs.readdirSync(path.join(folder, place))) {
      fs.chmodSync(path.join(folder, place, name), 0o755);
    }
  }
}

/**
 * Looks for toolchains, and installs those that are missing where that is allowed.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} names of {@link LANGUAGE_NAMES}
 * @returns {Promise<{env: NodeJS.ProcessEnv, missing: {name: string, how: string}[]}>} `env` has what was installed on
 * its PATH; `missing` says what to do about what could not be had
 */
export async function ensureLanguages(env, names) {
  const missing = [];
  let found = env;
  for (const name of names) {
    const { packages = [], install = async e => e } = LANGUAGES[name];
    let problem = await problemOf(name, found);
    if (problem && packages.length > 0) {
      try {
        for (const debianPackage of packages) {
          await ensureProgram(
            () => isPackageInstalled(debianPackage),
            debianPackage,
            name,
          );
        }
        found = await install(found);
        problem = await problemOf(name, found);
      } catch (error) {
        if (!(error instanceof Plain)) {
          throw error;
        }
      }
    }
    if (problem) {
      missing.push({ name, how: problem });
    }
  }
  return { env: found, missing };
}

function isPackageInstalled(name) {
  const folder = '/var/lib/dpkg/info';
  return (
    fs.existsSync(path.join(folder, `${name}.list`)) ||
    fs.existsSync(
      path.join(
        folder,
        `${name}:${process.arch === 'arm64' ? 'arm64' : 'amd64'}.list`,
      ),
    ) ||
    undefined
  );
}
