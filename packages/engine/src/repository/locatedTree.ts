import type { Repository } from './repositoryFile';
import {
  LocatedTreeError,
  parseJson5Tree,
  parseJsonTree,
  parseTomlTree,
  parseYamlTree,
} from './treeParsers';
import { parseXmlTree } from './xmlTree';

export type LocatedScalar = string | number | boolean | null;

/** A value of a YAML, JSON, TOML or XML file with its 1-based line. Keys are in a `Map`, so none of them is special. */
export type Located =
  | { kind: 'map'; line: number; entries: Map<string, LocatedEntry> }
  | { kind: 'list'; line: number; items: Located[] }
  | {
      kind: 'scalar';
      line: number;
      value: LocatedScalar;
      /** Line on which the text of a block scalar begins. */
      textLine: number;
      /** The comment that follows on the same line. */
      comment?: string;
    };

export interface LocatedEntry {
  /** Line of the key. */
  line: number;
  node: Located;
}

/** Parsers by the name of their format. */
const parsers = {
  yaml: (text: string) => parseYamlTree(text),
  json: (text: string) => [parseJsonTree(text)],
  json5: (text: string) => [parseJson5Tree(text)],
  toml: (text: string) => [parseTomlTree(text)],
  xml: (text: string) => [parseXmlTree(text)],
};

type Tree = Located[] | 'absent' | 'unreadable';

/** Several readers ask for the same file: each is parsed once. */
const treesRead = new WeakMap<Repository, Map<string, Tree>>();

/**
 * Reads and parses one file. Whatever is wrong with it becomes a problem of the repository.
 *
 * @returns its documents, `absent` when there is no such file, `unreadable` when it makes no sense.
 */
export function readTree(
  repository: Repository,
  path: string,
  format: keyof typeof parsers,
): Tree {
  let known = treesRead.get(repository);
  if (!known) {
    known = new Map();
    treesRead.set(repository, known);
  }
  const key = `${format}:${path}`;
  const tree = known.get(key) ?? parseFile(repository, path, format);
  known.set(key, tree);
  return tree;
}

function parseFile(
  repository: Repository,
  path: string,
  format: keyof typeof parsers,
): Tree {
  const read = repository.read(path);
  if (typeof read === 'string') {
    return read;
  }
  try {
    return parsers[format](read.text);
  } catch (error) {
    repository.report({
      file: path,
      line: error instanceof LocatedTreeError ? error.line : 1,
      message:
        error instanceof LocatedTreeError
          ? error.message
          : 'The file could not be parsed',
    });
    return 'unreadable';
  }
}

/** The entry of a map, with the line of its key. */
export function entryOf(
  node: Located | undefined,
  key: string,
): LocatedEntry | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined;
}

/** The value at a path of keys. */
export function childOf(
  node: Located | undefined,
  ...keys: string[]
): Located | undefined {
  return keys.reduce<Located | undefined>(
    (at, key) => entryOf(at, key)?.node,
    node,
  );
}

/** Entries of a map; nothing for anything else. */
export function entriesOf(node: Located | undefined): [string, LocatedEntry][] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** Items of a list; nothing for anything else. */
export function itemsOf(node: Located | undefined): Located[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The value of a scalar. */
export function valueOf(node: Located | undefined): LocatedScalar | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** The text of a scalar that is not null. */
export function textOf(node: Located | undefined): string | undefined {
  const value = valueOf(node);
  return value === undefined || value === null ? undefined : String(value);
}

/** Texts of a list of scalars, or of the one scalar in its place. */
export function textsOf(node: Located | undefined): string[] {
  const nodes = node?.kind === 'list' ? node.items : [node];
  return nodes.map(textOf).filter(text => text !== undefined);
}
