import { parse as parseToml } from 'smol-toml';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from 'yaml';
import type { Repository } from './repositoryFile';

export type LocatedScalar = string | number | boolean | null;

/** A value of a YAML, JSON or TOML file with its 1-based line. Keys are in a `Map`, so none of them is special. */
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

/** What kept a file from being parsed. */
export class LocatedTreeError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'LocatedTreeError';
    this.line = line;
  }
}

const MAX_NODES = 100_000;
const MAX_ALIASES = 1_000;
const MAX_DEPTH = 100;
const MAX_DOCUMENTS = 200;

function scalar(value: unknown, line: number): Located {
  const plain =
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
      ? value
      : null;
  const kept =
    typeof value === 'bigint' || value instanceof Date ? String(value) : plain;
  return { kind: 'scalar', line, textLine: line, value: kept };
}

function locate(options: {
  document: Document;
  lines: LineCounter;
  budget: { nodes: number; aliases: number };
}): Located {
  const { document, lines, budget } = options;

  const visit = (node: unknown, near: number, depth: number): Located => {
    budget.nodes -= 1;
    if (budget.nodes < 0 || depth > MAX_DEPTH) {
      throw new LocatedTreeError(
        'The file expands to too many or too deeply nested values',
        near,
      );
    }
    if (isAlias(node)) {
      budget.aliases -= 1;
      if (budget.aliases < 0) {
        throw new LocatedTreeError('The file uses too many aliases', near);
      }
      return visit(node.resolve(document), near, depth + 1);
    }
    if (isScalar(node)) {
      const line = node.range ? lines.linePos(node.range[0]).line : near;
      const isBlock =
        node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
      return {
        ...scalar(node.value, line),
        textLine: isBlock ? line + 1 : line,
        ...(node.comment ? { comment: node.comment.trim() } : {}),
      } as Located;
    }
    if (isSeq(node)) {
      const line = node.range ? lines.linePos(node.range[0]).line : near;
      return {
        kind: 'list',
        line,
        items: node.items.map(item => visit(item, line, depth + 1)),
      };
    }
    if (isMap(node)) {
      const line = node.range ? lines.linePos(node.range[0]).line : near;
      const merged: [string, LocatedEntry][] = [];
      const own: [string, LocatedEntry][] = [];
      for (const pair of node.items) {
        if (isPair(pair)) {
          const key = visit(pair.key, line, depth + 1);
          const value = visit(pair.value, key.line, depth + 1);
          const name = key.kind === 'scalar' ? String(key.value) : '';
          if (name === '<<') {
            for (const source of value.kind === 'list'
              ? value.items
              : [value]) {
              if (source.kind === 'map') {
                merged.push(...source.entries);
              }
            }
          } else {
            own.push([name, { line: key.line, node: value }]);
          }
        }
      }
      return { kind: 'map', line, entries: new Map([...merged, ...own]) };
    }
    return scalar(null, near);
  };

  return visit(document.contents, 1, 0);
}

/**
 * Parses YAML, all documents of it.
 *
 * @throws LocatedTreeError with the line of the first fault; also for alias bombs and bottomless nesting.
 */
export function parseYamlTree(text: string): Located[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents)) {
    return [];
  }
  if (documents.length > MAX_DOCUMENTS) {
    throw new LocatedTreeError(`Over ${MAX_DOCUMENTS} documents in a file`, 1);
  }
  const budget = { nodes: MAX_NODES, aliases: MAX_ALIASES };
  return (documents as Document[]).map(document => {
    const [error] = document.errors;
    if (error) {
      throw new LocatedTreeError(
        error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
        error.linePos?.[0].line ?? 1,
      );
    }
    return locate({ document, lines, budget });
  });
}

function locatePlain(value: unknown, depth = 0): Located {
  if (depth > MAX_DEPTH) {
    throw new LocatedTreeError('The file is too deeply nested', 1);
  }
  if (Array.isArray(value)) {
    const items = value.map(item => locatePlain(item, depth + 1));
    return { kind: 'list', line: 1, items };
  }
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    const entries = new Map(
      Object.entries(value).map(([key, item]): [string, LocatedEntry] => [
        key,
        { line: 1, node: locatePlain(item, depth + 1) },
      ]),
    );
    return { kind: 'map', line: 1, entries };
  }
  return scalar(value, 1);
}

/**
 * Parses JSON. Lines come from reading the same text as YAML, which JSON is a subset of but for corner cases; in those
 * every line is 1.
 *
 * @throws LocatedTreeError
 */
export function parseJsonTree(text: string): Located {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message);
    throw new LocatedTreeError(
      `Not JSON: ${(error as Error).message}`,
      position ? text.slice(0, Number(position[1])).split('\n').length : 1,
    );
  }
  try {
    const [tree] = parseYamlTree(text);
    if (tree) {
      return tree;
    }
  } catch {
    // Valid JSON that YAML reads differently: positions are lost, values are not.
  }
  return locatePlain(value);
}

/**
 * Parses TOML; every line is 1.
 *
 * @throws LocatedTreeError
 */
export function parseTomlTree(text: string): Located {
  try {
    return locatePlain(parseToml(text));
  } catch (error) {
    const line = (error as { line?: number }).line ?? 1;
    throw new LocatedTreeError((error as Error).message.split('\n')[0], line);
  }
}

/** Parsers by the name of their format. */
const parsers = {
  yaml: (text: string) => parseYamlTree(text),
  json: (text: string) => [parseJsonTree(text)],
  toml: (text: string) => [parseTomlTree(text)],
};

/**
 * Reads and parses one file. Whatever is wrong with it becomes a problem of the repository.
 *
 * @returns its documents, `absent` when there is no such file, `unreadable` when it makes no sense.
 */
export function readTree(
  repository: Repository,
  path: string,
  format: keyof typeof parsers,
): Located[] | 'absent' | 'unreadable' {
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
