import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Located, LocatedEntry } from './locatedTree';
import { LocatedTreeError, refuseUnreasonable } from './treeParsers';

/** A node as the parser gives it: one element by its name, or `#text`. */
type Parsed = Record<string, Parsed[] | string> & {
  [position: symbol]: { startIndex?: number } | undefined;
};

const TEXT = '#text';
const MAX_DEPTH = 100;
const POSITION = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** Finds lines of ascending positions in one walk over the text. */
function lineFinder(text: string): (position: number) => number {
  let at = 0;
  let line = 1;
  return position => {
    for (; at < position; at += 1) {
      if (text[at] === '\n') {
        line += 1;
      }
    }
    return line;
  };
}

function locate(
  nodes: Parsed[],
  near: number,
  lineOf: (position: number) => number,
): Located {
  const entries = new Map<string, LocatedEntry>();
  let text = '';
  for (const node of nodes) {
    const [name, content] = Object.entries(node)[0] ?? [TEXT, ''];
    if (typeof content === 'string') {
      text += content;
      continue;
    }
    const start = node[POSITION]?.startIndex;
    const line = start === undefined ? near : lineOf(start);
    const child = locate(content, line, lineOf);
    const known = entries.get(name);
    if (known?.node.kind === 'list') {
      known.node.items.push(child);
    } else {
      const list: Located = { kind: 'list', line, items: [child] };
      entries.set(name, { line, node: list });
    }
  }
  return entries.size > 0
    ? { kind: 'map', line: near, entries }
    : { kind: 'scalar', line: near, textLine: near, value: text.trim() };
}

/**
 * Parses XML without namespaces, attributes and document types. An element with elements in it is a map from their names
 * to the list of them, in order; any other is the text in it.
 *
 * @throws LocatedTreeError with the line of the first fault; also for a document type, whose entities can grow without end.
 */
export function parseXmlTree(text: string): Located {
  refuseUnreasonable(text);
  if (/<!DOCTYPE/i.test(text)) {
    throw new LocatedTreeError('The file has a document type', 1);
  }
  const validity = XMLValidator.validate(text);
  if (validity !== true) {
    throw new LocatedTreeError(validity.err.msg, validity.err.line);
  }
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    removeNSPrefix: true,
    captureMetaData: true,
    maxNestedTags: MAX_DEPTH,
  });
  let parsed: Parsed[];
  try {
    parsed = parser.parse(text) as Parsed[];
  } catch (error) {
    throw new LocatedTreeError((error as Error).message.split('\n')[0], 1);
  }
  return locate(parsed, 1, lineFinder(text));
}
