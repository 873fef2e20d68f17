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
import { json5AsYaml } from './json5Text';
import type { Located, LocatedEntry } from './locatedTree';

/** What kept a file from being parsed. */
export class LocatedTreeError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'LocatedTreeError';
    this.line = line;
  }
}

const MAX_LENGTH = 600_000;
const MAX_LINES = 50_000;
const MAX_OPEN = 1_000;
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
      const own = new Map<string, LocatedEntry>();
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
            if (own.has(name)) {
              const message = `The key '${name}' is written twice`;
              throw new LocatedTreeError(message, key.line);
            }
            own.set(name, { line: key.line, node: value });
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
 * Refuses a text that would take the parsers long: by length, by lines, by brackets left open.
 *
 * @throws LocatedTreeError
 */
export function refuseUnreasonable(text: string): void {
  if (text.length > MAX_LENGTH) {
    throw new LocatedTreeError(`Over ${MAX_LENGTH} characters to parse`, 1);
  }
  let line = 1;
  let open = 0;
  for (const char of text) {
    if (char === '\n') {
      line += 1;
    } else if (char === '[' || char === '{') {
      open += 1;
    } else if (char === ']' || char === '}') {
      open -= 1;
    }
    if (line > MAX_LINES || open > MAX_OPEN) {
      throw new LocatedTreeError('Too many lines or open brackets', line);
    }
  }
}

/**
 * Parses YAML, all documents of it.
 *
 * @throws LocatedTreeError with the line of the first fault; also for alias bombs and bottomless nesting.
 */
export function parseYamlTree(text: string): Located[] {
  refuseUnreasonable(text);
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    logLevel: 'silent',
    // The parser's own search for repeated keys takes quadratic time.
    uniqueKeys: false,
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
  refuseUnreasonable(text);
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
 * Parses JSON5, and with it JSON that has comments.
 *
 * @throws LocatedTreeError
 */
export function parseJson5Tree(text: string): Located {
  const [tree, ...more] = parseYamlTree(json5AsYaml(text));
  if (!tree || more.length > 0 || tree.kind === 'scalar') {
    throw new LocatedTreeError('Not JSON5: no object and no list', 1);
  }
  return tree;
}

/**
 * Parses TOML; every line is 1.
 *
 * @throws LocatedTreeError
 */
export function parseTomlTree(text: string): Located {
  refuseUnreasonable(text);
  try {
    return locatePlain(parseToml(text));
  } catch (error) {
    const line = (error as { line?: number }).line ?? 1;
    throw new LocatedTreeError((error as Error).message.split('\n')[0], line);
  }
}
