import { isBuilt } from './builtPaths';
import { runsSomething } from './commandExpansion';
import {
  childOf,
  entriesOf,
  entryOf,
  readTree,
  textOf,
  textsOf,
} from './locatedTree';
import { dependenciesOf, requirementLines } from './manifestDependencies';
import { openVersions, readMavenProject, versionGuard } from './mavenProject';
import type { Dependency, Manifest, PackageScript } from './packageData';
import { npmScriptsControlled } from './packageSettings';
import { matchesPatterns } from './pathPattern';
import { folderOf, nameOf, type Repository } from './repositoryFile';

type Ecosystem = NonNullable<Manifest['ecosystem']>;

/** Facts of all package manifests. */
export interface ManifestFacts {
  manifests: Manifest[];
  dependencies: Dependency[];
  scripts: PackageScript[];
}

/** Ecosystems whose builds have parts in folders below, under one lockfile. */
const NESTED: Ecosystem[] = ['cargo', 'maven', 'gradle', 'pip'];

const MAX_LISTED = 2_000;

const MANIFESTS: [RegExp, Ecosystem, string][] = [
  [/^package\.json$/, 'npm', 'javascript'],
  [/^go\.mod$/, 'gomod', 'go'],
  [/^(pyproject\.toml|requirements\.txt|Pipfile|setup\.py)$/, 'pip', 'python'],
  [/^Cargo\.toml$/, 'cargo', 'rust'],
  [/^pom\.xml$/, 'maven', 'java'],
  [/^build\.gradle(\.kts)?$/, 'gradle', 'java'],
  [/^Gemfile$/, 'bundler', 'ruby'],
  [/^composer\.json$/, 'composer', 'php'],
];

const LOCKFILES: Record<Ecosystem, string[]> = {
  npm: [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
  ],
  gomod: ['go.sum'],
  pip: ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'pylock.toml'],
  cargo: ['Cargo.lock'],
  maven: [],
  gradle: ['gradle.lockfile', 'gradle/verification-metadata.xml'],
  bundler: ['Gemfile.lock'],
  composer: ['composer.lock'],
};

/** Path of a file in a folder; `''` is the root. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function lockfileIn(
  repository: Repository,
  ecosystem: Ecosystem,
  folder: string,
): string | undefined {
  return LOCKFILES[ecosystem]
    .map(name => inFolder(folder, name))
    .find(path => repository.has(path));
}

function workspaceGlobs(repository: Repository, folder: string): string[] {
  const manifest = readTree(
    repository,
    inFolder(folder, 'package.json'),
    'json',
  );
  const workspace = readTree(
    repository,
    inFolder(folder, 'pnpm-workspace.yaml'),
    'yaml',
  );
  const written =
    typeof manifest === 'string'
      ? undefined
      : childOf(manifest[0], 'workspaces');
  const globs = [
    ...textsOf(
      written?.kind === 'map' ? childOf(written, 'packages') : written,
    ),
    ...(typeof workspace === 'string'
      ? []
      : textsOf(childOf(workspace[0], 'packages'))),
  ];
  return globs.map(glob => glob.replace(/^(!?)\.\//, '$1').replace(/\/$/, ''));
}

function isMember(repository: Repository, folder: string): boolean {
  for (let above = folder; above !== ''; ) {
    above = folderOf(above);
    const globs = workspaceGlobs(repository, above);
    const relative = above === '' ? folder : folder.slice(above.length + 1);
    if (globs.length > 0 && matchesPatterns(globs, relative)) {
      return true;
    }
  }
  return false;
}

/** Whether a folder above holds a manifest of the same name: the builds of these ecosystems are nested. */
function hasManifestAbove(
  repository: Repository,
  folder: string,
  name: string,
): boolean {
  for (let above = folder; above !== ''; ) {
    above = folderOf(above);
    if (repository.has(inFolder(above, name))) {
      return true;
    }
  }
  return false;
}

function needsLockfile(
  file: string,
  dependencies: Dependency[] | 'unparsed',
): Pick<Manifest, 'needsLockfile'> {
  if (dependencies === 'unparsed') {
    return nameOf(file) === 'setup.py' ? {} : { needsLockfile: true };
  }
  return { needsLockfile: dependencies.length > 0 };
}

/**
 * Whether a Maven build takes the same versions every time. Maven has no lockfile: exact versions settle what the project
 * names itself, and only checksums or a rule of the enforcer what those bring with them.
 */
function mavenLock(
  repository: Repository,
  file: string,
): Pick<Manifest, 'locked' | 'lockedBy' | 'unsettled'> & { line?: number } {
  const project = readMavenProject(repository, file);
  if (project === 'unreadable') {
    return {};
  }
  const [open] = openVersions(project);
  if (open) {
    const { line, name, version } = open;
    return { line, locked: false, unsettled: `${name} ${version}` };
  }
  const guard = versionGuard(repository, project);
  return guard
    ? { locked: true, lockedBy: guard }
    : { unsettled: 'versions that dependencies bring with them' };
}

function describeManifest(
  repository: Repository,
  manifest: { file: string; ecosystem: Ecosystem; language: string },
  dependencies: Dependency[] | 'unparsed',
): Manifest {
  const { file, ecosystem } = manifest;
  const directory = folderOf(file);
  const member =
    ecosystem === 'npm'
      ? isMember(repository, directory)
      : NESTED.includes(ecosystem) &&
        hasManifestAbove(repository, directory, nameOf(file));
  let lockfile = lockfileIn(repository, ecosystem, directory);
  for (let above = directory; !lockfile && member && above !== ''; ) {
    above = folderOf(above);
    lockfile = lockfileIn(repository, ecosystem, above);
  }
  const read = repository.read(file);
  const hashed =
    nameOf(file) === 'requirements.txt' &&
    typeof read !== 'string' &&
    requirementLines(read.text).every(line => line.includes('--hash='));
  const controlled =
    ecosystem === 'npm'
      ? npmScriptsControlled(repository, directory)
      : undefined;
  return {
    ...manifest,
    line: 1,
    directory,
    member,
    ...needsLockfile(file, dependencies),
    ...(ecosystem === 'maven'
      ? mavenLock(repository, file)
      : { locked: lockfile !== undefined || hashed }),
    ...(lockfile === undefined ? {} : { lockfile }),
    ...(controlled === undefined
      ? {}
      : { installScriptsControlled: controlled }),
  };
}

function scriptsOf(repository: Repository, file: string): PackageScript[] {
  const documents = readTree(repository, file, 'json');
  return typeof documents === 'string'
    ? [{ file, line: 1, unreadable: true }]
    : entriesOf(entryOf(documents[0], 'scripts')?.node).map(
        ([name, { line, node }]) => {
          const command = textOf(node) ?? '';
          return { file, line, name, command, runs: runsSomething(command) };
        },
      );
}

/** Reads the package manifests of a repository, those of samples and test data left out. */
export function describeManifests(repository: Repository): ManifestFacts {
  const facts: ManifestFacts = { manifests: [], dependencies: [], scripts: [] };
  for (const file of repository.paths.filter(isBuilt)) {
    const known = MANIFESTS.find(([name]) => name.test(nameOf(file)));
    if (known) {
      const [, ecosystem, language] = known;
      const dependencies = dependenciesOf(repository, file, ecosystem);
      if (dependencies === 'unreadable') {
        const unread = { file, line: 1, unreadable: true } as const;
        facts.manifests.push(unread);
        facts.dependencies.push(unread);
      } else {
        const manifest = { file, ecosystem, language };
        facts.manifests.push(
          describeManifest(repository, manifest, dependencies),
        );
        facts.dependencies.push(
          ...(dependencies === 'unparsed'
            ? [{ file, line: 1, unreadable: true as const }]
            : dependencies),
        );
      }
      if (ecosystem === 'npm') {
        facts.scripts.push(...scriptsOf(repository, file));
      }
    }
  }
  return {
    manifests: facts.manifests.slice(0, MAX_LISTED),
    dependencies: facts.dependencies.slice(0, MAX_LISTED),
    scripts: facts.scripts.slice(0, MAX_LISTED),
  };
}
