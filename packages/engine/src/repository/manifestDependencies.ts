import {
  childOf,
  entriesOf,
  type Located,
  readTree,
  textOf,
  textsOf,
} from './locatedTree';
import { mavenDependencies, readMavenProject } from './mavenProject';
import type { Dependency, Manifest } from './packageData';
import { nameOf, type Repository } from './repositoryFile';

function nodeDependencies(file: string, node: Located): Dependency[] {
  return (
    [
      ['dependencies', 'runtime'],
      ['optionalDependencies', 'runtime'],
      ['devDependencies', 'development'],
    ] as const
  ).flatMap(([key, scope]) =>
    entriesOf(childOf(node, key)).map(([name, { line, node: version }]) => ({
      file,
      line,
      name,
      version: textOf(version) ?? '',
      scope,
    })),
  );
}

function pythonDependencies(file: string, node: Located): Dependency[] {
  const named = (text: string, scope: 'runtime' | 'development') => ({
    file,
    line: 1,
    name: /^[\w.-]*/.exec(text)![0].toLowerCase(),
    version: text.replace(/^[\w.-]*(\[[^\]]*\])?/, '').trim(),
    scope,
  });
  const groups = entriesOf(childOf(node, 'dependency-groups'));
  const poetry = entriesOf(childOf(node, 'tool', 'poetry', 'dependencies'));
  return [
    ...textsOf(childOf(node, 'project', 'dependencies')).map(text =>
      named(text, 'runtime'),
    ),
    ...poetry
      .filter(([name]) => name !== 'python')
      .map(([name]) => named(name, 'runtime')),
    ...groups.flatMap(([, { node: group }]) =>
      textsOf(group).map(text => named(text, 'development')),
    ),
  ];
}

function goDependencies(file: string, text: string): Dependency[] {
  const found: Dependency[] = [];
  let inBlock = false;
  text.split('\n').forEach((line, index) => {
    const match = /^\s*(?:require\s+)?([\w.~-]+(?:\/[\w.~-]+)*)\s+(v\S+)/.exec(
      line,
    );
    if (/^require\s*\(/.test(line)) {
      inBlock = true;
    } else if (inBlock && /^\s*\)/.test(line)) {
      inBlock = false;
    } else if (match && (inBlock || /^require\s/.test(line))) {
      const [, name, version] = match;
      found.push({ file, line: index + 1, name, version, scope: 'runtime' });
    }
  });
  return found;
}

/** Requirement lines of a `requirements.txt`, continuations joined. */
export function requirementLines(text: string): string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(#|--?[a-z])/.test(line));
}

/**
 * Dependencies that a manifest names.
 *
 * @returns `unparsed` for the manifests that are programs: of those only their presence is known.
 */
export function dependenciesOf(
  repository: Repository,
  file: string,
  ecosystem: Manifest['ecosystem'],
): Dependency[] | 'unreadable' | 'unparsed' {
  const name = nameOf(file);
  const format =
    (name.endsWith('.json') && 'json') || (name.endsWith('.toml') && 'toml');
  if (format) {
    const documents = readTree(repository, file, format);
    if (typeof documents === 'string') {
      return 'unreadable';
    }
    if (ecosystem === 'npm') {
      return nodeDependencies(file, documents[0]);
    }
    if (ecosystem === 'pip') {
      return pythonDependencies(file, documents[0]);
    }
    const tables = ['dependencies', 'require', 'workspace'];
    return tables.flatMap(table =>
      entriesOf(childOf(documents[0], table))
        .filter(([key]) => key !== 'php')
        .map(([key]) => ({ file, line: 1, name: key, version: '' })),
    );
  }
  if (ecosystem === 'maven') {
    const project = readMavenProject(repository, file);
    return project === 'unreadable' ? project : mavenDependencies(project);
  }
  const read = repository.read(file);
  if (typeof read === 'string') {
    return 'unreadable';
  }
  if (ecosystem === 'gomod') {
    return goDependencies(file, read.text);
  }
  if (name !== 'requirements.txt') {
    return 'unparsed';
  }
  return requirementLines(read.text).map(text => ({
    file,
    line: 1,
    name: text.split(/[\s=<>~!;[]/)[0],
    version: '',
    scope: 'runtime',
  }));
}
