import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  visit,
  type Scalar,
} from 'yaml';
import { DocumentError, type DocumentProblem } from './documentError';

/** Largest document, in bytes of UTF-8. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;

const MAX_ALIASES = 200;

/** Message about a document that nests further than it can be followed. */
export const TOO_DEEP = 'The document is nested too deeply';

/** A path into a document: keys and 0-based indices. */
export type FieldPath = readonly PropertyKey[];

/** A YAML document as data, with the way back from its fields to its lines. */
export type YamlDocument = {
  file: string;
  text: string;
  data: unknown;
  /** 1-based line of the deepest part of the path that exists. */
  lineOf(path: FieldPath): number;
  /** True when something stands at the path. */
  has(path: FieldPath): boolean;
  /** The scalar at the path, if one stands there. */
  scalarAt(path: FieldPath): Scalar | undefined;
  /** 1-based line and column of an offset into `text`. */
  positionOf(offset: number): { line: number; column: number };
};

type Step = { node: Node | null; offset: number; found: boolean };

function stepInto(
  document: Document,
  node: Node | null,
  segment: PropertyKey,
): { node: Node | null; offset?: number } | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isMap(target)) {
    const pair = target.items.find(
      item => isScalar(item.key) && String(item.key.value) === String(segment),
    );
    return (
      pair && {
        node: isNode(pair.value) ? pair.value : null,
        offset: isNode(pair.key) ? pair.key.range?.[0] : undefined,
      }
    );
  }
  if (isSeq(target) && Number(segment) in target.items) {
    const item = target.items[Number(segment)];
    return isNode(item)
      ? { node: item, offset: item.range?.[0] }
      : { node: null };
  }
  return undefined;
}

function follow(document: Document, path: FieldPath): Step {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const segment of path) {
    const next = stepInto(document, node, segment);
    if (!next) {
      return { node, offset, found: false };
    }
    node = next.node;
    offset = next.offset ?? offset;
  }
  return { node, offset, found: true };
}

/** Aliases that stand for nothing or for themselves, and the first one too many. */
function findAliasProblems(
  document: Document,
): { offset: number; message: string }[] {
  const problems: { offset: number; message: string }[] = [];
  const anchored = new Map<string, unknown>();
  let count = 0;
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) {
        anchored.set(node.anchor, node);
      }
    },
    Alias: (_, { source, range }, ancestors) => {
      count += 1;
      const offset = range?.[0] ?? 0;
      if (count > MAX_ALIASES) {
        problems.push({
          offset,
          message: `there are more than ${MAX_ALIASES} aliases`,
        });
        return visit.BREAK;
      }
      const target = anchored.get(source);
      if (!target) {
        problems.push({
          offset,
          message: `the alias '*${source}' has no anchor before it`,
        });
      } else if ((ancestors as readonly unknown[]).includes(target)) {
        problems.push({
          offset,
          message: `the alias '*${source}' is part of what it stands for`,
        });
      }
      return undefined;
    },
  });
  return problems;
}

function readDocuments(
  text: string,
  file: string,
  lines: LineCounter,
): Document {
  const fail = (problems: Omit<DocumentProblem, 'file'>[]): never => {
    throw new DocumentError(problems.map(p => ({ file, ...p })));
  };
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
  });
  if (!Array.isArray(documents) || documents.length === 0) {
    return fail([{ line: 1, message: 'The document is empty' }]);
  }
  const problems = [
    ...documents
      .flatMap(document => [...document.errors, ...document.warnings])
      .map(({ pos, message }) => ({ offset: pos[0], message })),
    ...findAliasProblems(documents[0]),
  ].map(({ offset, message }) => ({
    line: lines.linePos(offset).line,
    message: `Not valid YAML: ${message}`,
  }));
  if (problems.some(({ message }) => message.includes('call stack'))) {
    return fail([{ message: TOO_DEEP }]);
  }
  if (problems.length > 0) {
    return fail(problems);
  }
  if (documents.length > 1) {
    const second = documents[1].range?.[0] ?? 0;
    return fail([
      {
        line: lines.linePos(second).line,
        message: 'Only one YAML document is allowed in the file',
      },
    ]);
  }
  return documents[0];
}

/**
 * Reads one YAML 1.2 document (JSON is one too).
 *
 * @throws DocumentError when it is too large, not valid YAML, has a key twice in one map, an unknown tag, several
 * documents, or aliases that multiply.
 */
export function readYaml(options: {
  text: string;
  file: string;
  maxBytes?: number;
}): YamlDocument {
  const { text, file, maxBytes = MAX_DOCUMENT_BYTES } = options;
  const bytes =
    text.length > maxBytes
      ? text.length
      : new TextEncoder().encode(text).length;
  if (bytes > maxBytes) {
    throw new DocumentError([
      {
        file,
        message: `The document is larger than the ${maxBytes} bytes allowed`,
      },
    ]);
  }
  const lines = new LineCounter();
  try {
    const document = readDocuments(text, file, lines);
    const lineOf = (path: FieldPath) =>
      lines.linePos(follow(document, path).offset).line;
    return {
      file,
      text,
      data: document.toJS({ maxAliasCount: MAX_ALIASES }),
      lineOf,
      has: path => follow(document, path).found,
      scalarAt: path => {
        const { node, found } = follow(document, path);
        return found && isScalar(node) ? node : undefined;
      },
      positionOf: offset => {
        const { line, col } = lines.linePos(offset);
        return { line, column: col };
      },
    };
  } catch (error) {
    if (error instanceof DocumentError) {
      throw error;
    }
    const message =
      error instanceof RangeError
        ? TOO_DEEP
        : `Not valid YAML: ${(error as Error).message}`;
    throw new DocumentError([{ file, message }]);
  }
}
