import {
  childOf,
  entriesOf,
  entryOf,
  itemsOf,
  type Located,
  readTree,
  textOf,
} from './locatedTree';
import type { Dependency } from './packageData';
import { folderOf, normalisePath, type Repository } from './repositoryFile';

/** A `pom.xml` with those above it that are in the repository, nearest first. */
export interface MavenProject {
  file: string;
  root: Located;
  chain: Located[];
}

/** A version that names no one release. */
export interface OpenVersion {
  line: number;
  name: string;
  version: string;
}

const MAX_PARENTS = 20;
const MAX_HOPS = 10;

/** The first element of a path of names. */
export function elementOf(
  node: Located | undefined,
  ...names: string[]
): Located | undefined {
  return names.reduce<Located | undefined>(
    (at, name) => itemsOf(childOf(at, name))[0],
    node,
  );
}

/** All elements of the last name, in the first one of each name before it. */
export function elementsOf(
  node: Located | undefined,
  ...names: string[]
): Located[] {
  const last = names[names.length - 1];
  return itemsOf(childOf(elementOf(node, ...names.slice(0, -1)), last));
}

function textAt(node: Located | undefined, ...names: string[]): string {
  return textOf(elementOf(node, ...names)) ?? '';
}

function parentPath(project: Located, file: string): string | undefined {
  const parent = elementOf(project, 'parent');
  const written = elementOf(parent, 'relativePath');
  const relative = written ? textOf(written) : '../pom.xml';
  if (!parent || !relative) {
    return undefined;
  }
  const path = normalisePath(`${folderOf(file)}/${relative}`);
  return path === undefined || path.endsWith('.xml') ? path : `${path}/pom.xml`;
}

/**
 * Reads a `pom.xml`.
 *
 * @returns `unreadable` also for a file that is no project
 */
export function readMavenProject(
  repository: Repository,
  file: string,
): MavenProject | 'unreadable' {
  const documents = readTree(repository, file, 'xml');
  const root =
    typeof documents === 'string'
      ? undefined
      : entryOf(documents[0], 'project') && elementOf(documents[0], 'project');
  if (!root) {
    if (typeof documents !== 'string') {
      const message = "A pom.xml has an element 'project'";
      repository.report({ file, line: 1, message });
    }
    return 'unreadable';
  }
  const chain = [root];
  let above = parentPath(root, file);
  while (above && chain.length < MAX_PARENTS && repository.has(above)) {
    const read = readTree(repository, above, 'xml');
    const parent =
      typeof read === 'string' ? undefined : elementOf(read[0], 'project');
    if (!parent) {
      break;
    }
    chain.push(parent);
    above = parentPath(parent, above);
  }
  return { file, root, chain };
}

/** The text with its properties put in; those that nothing in the repository sets stay as written. */
export function resolved(project: MavenProject, written: string): string {
  const valueOf = (name: string): string | undefined => {
    const own = name.replace(/^(project|pom)\./, '');
    for (const pom of project.chain) {
      const value =
        own === name
          ? textAt(pom, 'properties', name)
          : textAt(pom, ...own.split('.')) ||
            (/^(version|groupId)$/.test(own) ? textAt(pom, 'parent', own) : '');
      if (value !== '') {
        return value;
      }
    }
    return undefined;
  };
  let text = written;
  for (let hops = 0; hops < MAX_HOPS && text.includes('${'); hops += 1) {
    const next = text.replace(
      /\$\{([^}]*)\}/g,
      (whole, name: string) => valueOf(name) ?? whole,
    );
    if (next === text) {
      break;
    }
    text = next;
  }
  return text;
}

function nameIn(project: MavenProject, node: Located): string {
  const group = resolved(project, textAt(node, 'groupId'));
  return `${group}:${resolved(project, textAt(node, 'artifactId'))}`;
}

function managedVersion(project: MavenProject, name: string): string {
  for (const pom of project.chain) {
    const managed = elementsOf(
      pom,
      'dependencyManagement',
      'dependencies',
      'dependency',
    ).find(node => nameIn(project, node) === name);
    const version = textAt(managed, 'version');
    if (version !== '') {
      return resolved(project, version);
    }
  }
  return '';
}

/** Dependencies a project declares; the version is `''` where a parent or a list from elsewhere gives it. */
export function mavenDependencies(project: MavenProject): Dependency[] {
  return elementsOf(project.root, 'dependencies', 'dependency').map(node => {
    const name = nameIn(project, node);
    const own = resolved(project, textAt(node, 'version'));
    const scope = textAt(node, 'scope');
    return {
      file: project.file,
      line: node.line,
      name,
      version: own || managedVersion(project, name),
      scope: scope === 'test' ? ('development' as const) : ('runtime' as const),
    };
  });
}

/** Whether a version can mean another release tomorrow. `[1.2]` is the one way to write a range of one. */
export function isOpenVersion(version: string): boolean {
  const isOne = /^\[[^,[\]()]+\]$/.test(version);
  return (
    (/^[[(]/.test(version) && !isOne) ||
    /-SNAPSHOT$/i.test(version) ||
    /^(LATEST|RELEASE)$/.test(version)
  );
}

/**
 * Versions of a project that name no one release: of its parent, its dependencies, the lists it imports and its plugins.
 * Projects of the same repository are built with it, so theirs do not count.
 */
export function openVersions(project: MavenProject): OpenVersion[] {
  const { root, chain } = project;
  const isLocal = chain.length > 1;
  const own = textAt(root, 'groupId') || textAt(root, 'parent', 'groupId');
  const ownVersion = resolved(project, '${project.version}');
  const places = [
    ...(isLocal ? [] : elementsOf(root, 'parent')),
    ...elementsOf(root, 'dependencies', 'dependency'),
    ...elementsOf(root, 'dependencyManagement', 'dependencies', 'dependency'),
    ...elementsOf(root, 'build', 'plugins', 'plugin'),
    ...elementsOf(root, 'build', 'pluginManagement', 'plugins', 'plugin'),
  ];
  return places.flatMap((node): OpenVersion[] => {
    const version = resolved(project, textAt(node, 'version'));
    const name = nameIn(project, node);
    const isSibling = version === ownVersion && name.startsWith(`${own}:`);
    return isOpenVersion(version) && !isSibling
      ? [{ line: node.line, name, version }]
      : [];
  });
}

/** A plugin of the build with its own and its inherited parts, nearest first. */
export function pluginOf(project: MavenProject, artifactId: string): Located[] {
  const named = (node: Located) => textAt(node, 'artifactId') === artifactId;
  const active = project.chain.flatMap(pom =>
    elementsOf(pom, 'build', 'plugins', 'plugin').filter(named),
  );
  const managed = project.chain.flatMap(pom =>
    elementsOf(pom, 'build', 'pluginManagement', 'plugins', 'plugin').filter(
      named,
    ),
  );
  return active.length > 0 ? [...active, ...managed] : [];
}

/** Whether a switch of a plugin's configuration has a value. */
function isSet(node: Located | undefined, name: string, value: string) {
  return textAt(node, 'configuration', name) === value;
}

/** Executions of a plugin that run one of its goals and are not switched off, with the configuration of the plugin. */
export function executionsOf(
  plugin: Located[],
  goal: string,
): { execution: Located; configurations: Located[] }[] {
  const shared = plugin.flatMap(node => elementsOf(node, 'configuration'));
  const isOff = plugin.some(node => isSet(node, 'skip', 'true'));
  return plugin
    .flatMap(node => elementsOf(node, 'executions', 'execution'))
    .filter(execution =>
      elementsOf(execution, 'goals', 'goal').some(g => textOf(g) === goal),
    )
    .filter(
      execution =>
        !isOff &&
        !isSet(execution, 'skip', 'true') &&
        textAt(execution, 'phase') !== 'none',
    )
    .map(execution => ({
      execution,
      configurations: [...elementsOf(execution, 'configuration'), ...shared],
    }));
}

/**
 * What keeps the build from taking a version that moves: checksums of the repository that Maven compares with, or a rule
 * of the enforcer that looks at the dependencies of dependencies too. `undefined` when nothing in the repository does.
 */
export function versionGuard(
  repository: Repository,
  project: MavenProject,
): string | undefined {
  const settings = repository.read('.mvn/maven.config');
  const compares =
    typeof settings !== 'string' &&
    /trustedChecksums=true/.test(settings.text) &&
    /trustedChecksums\.failIfMissing=true/.test(settings.text);
  const sums = repository.paths.find(path =>
    /^\.mvn\/checksums\/.+\.sha(256|512)$/.test(path),
  );
  if (compares && sums) {
    return sums;
  }
  const enforcer = pluginOf(project, 'maven-enforcer-plugin');
  const refuses = executionsOf(enforcer, 'enforce').some(
    ({ execution, configurations }) =>
      !isSet(execution, 'fail', 'false') &&
      configurations.some(configuration =>
        entriesOf(elementOf(configuration, 'rules')).some(
          ([rule]) => rule === 'banDynamicVersions',
        ),
      ),
  );
  return refuses ? 'exact versions and banDynamicVersions' : undefined;
}
