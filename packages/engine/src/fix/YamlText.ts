import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The pair of a key. */
export function pairOf(map: unknown, key: string): Pair | undefined {
  return isMap(map)
    ? map.items.find(pair => isScalar(pair.key) && pair.key.value === key)
    : undefined;
}

/** The node below a list of keys. */
export function nodeAt(node: unknown, ...keys: string[]): Node | undefined {
  let found: unknown = node;
  for (const key of keys) {
    found = pairOf(found, key)?.value;
  }
  return isNode(found) ? found : undefined;
}

/** The maps of a list. */
export function mapsIn(node: unknown): YAMLMap[] {
  return isSeq(node) ? node.items.filter(item => isMap(item)) : [];
}

/** The text of a scalar. */
export function textAt(node: unknown, ...keys: string[]): string | undefined {
  const found = nodeAt(node, ...keys);
  return isScalar(found) && typeof found.value === 'string'
    ? found.value
    : undefined;
}

function lastOffset(node: unknown): number | undefined {
  if (isPair(node)) {
    return lastOffset(node.value) ?? lastOffset(node.key);
  }
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    return lastOffset(node.items[node.items.length - 1]);
  }
  return isNode(node) ? node.range?.[1] : undefined;
}

/**
 * A YAML text that is edited in place: what is not named stays as it is, comments and blank lines among it. Edits are
 * collected and put in at the end.
 */
export class YamlText {
  readonly #text: string;
  readonly #document: Document;
  readonly #eol: string;
  readonly #edits: TextEdit[] = [];

  private constructor(text: string, document: Document) {
    this.#text = text;
    this.#document = document;
    this.#eol = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** `undefined` for a text that is not one valid YAML document. */
  static parse(text: string): YamlText | undefined {
    try {
      const document = parseDocument(text, { uniqueKeys: true });
      return document.errors.length > 0
        ? undefined
        : new YamlText(text, document);
    } catch {
      return undefined;
    }
  }

  get root(): Node | null {
    return this.#document.contents as Node | null;
  }

  /** 1-based line of a node. */
  lineOf(node: Node): number {
    return this.#text.slice(0, node.range![0]).split('\n').length;
  }

  /** Replaces a node as it is written, and with `withLine` what follows it on its line, such as a comment. */
  replace(
    node: Node,
    text: string,
    options: { withLine?: boolean } = {},
  ): void {
    const [start, end] = node.range!;
    this.#edits.push({
      start,
      end: options.withLine ? this.#lineEnd(end) : end,
      text,
    });
  }

  /** Replaces a key with its value, and what follows the value on its line. */
  replacePair(map: unknown, key: string, text: string): void {
    const pair = pairOf(map, key);
    const end = lastOffset(pair);
    if (pair && end !== undefined) {
      const start = (pair.key as Node).range![0];
      this.#edits.push({ start, end: this.#lineEnd(end), text });
    }
  }

  /** What stands behind a node on its line. */
  restOfLine(node: Node): string {
    const end = node.range![1];
    return this.#text.slice(end, this.#lineEnd(end));
  }

  /** Replaces a piece of a node's own source text. */
  replaceIn(node: Node, pattern: RegExp, text: string): void {
    const [start, end] = node.range!;
    for (const match of this.#text.slice(start, end).matchAll(pattern)) {
      const at = start + match.index;
      this.#edits.push({ start: at, end: at + match[0].length, text });
    }
  }

  /**
   * Adds lines to a block map: behind the pair of `after`, else at its end. To a flow map it adds `key: value` on one line.
   *
   * @param lines - without indentation of their own but what they have relative to each other; the first is `key: value`
   */
  addTo(map: YAMLMap, lines: string[], options: { after?: string } = {}): void {
    if (map.flow) {
      const end = map.range![1] - 1;
      const isEmpty = map.items.length === 0;
      const from = this.#text.slice(0, end).trimEnd().length;
      const comma = /,\s*$/.test(this.#text.slice(0, end)) ? ' ' : ', ';
      this.#edits.push({
        start: from,
        end,
        text: `${isEmpty ? ' ' : comma}${lines.join(' ')} `,
      });
      return;
    }
    const pair = options.after ? pairOf(map, options.after) : undefined;
    const end = lastOffset(pair ?? map) ?? map.range![1];
    const first = map.items[0]?.key;
    this.#insert(
      this.#lineEnd(this.#text.slice(0, end).trimEnd().length),
      isNode(first) ? this.#columnOf(first) : 0,
      lines,
    );
  }

  /** Adds lines in front of a pair of a block map, with a blank line when one stands in front of the pair. */
  addBefore(pair: Pair, lines: string[]): void {
    const start = (pair.key as Node).range![0];
    const indent = ' '.repeat(this.#columnOf(pair.key as Node));
    const text = lines.map((line, i) => (i === 0 ? line : indent + line));
    this.#edits.push({
      start,
      end: start,
      text: `${text.join(this.#eol)}${this.#eol}${indent}`,
    });
  }

  /** Adds an item to a block list, with the indentation of its last one. */
  addItem(list: Node, lines: string[]): void {
    if (!isSeq(list) || list.flow || list.items.length === 0) {
      return;
    }
    const first = list.items[0] as Node;
    const start = first.range![0];
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1;
    const dash = this.#text.slice(lineStart, start).indexOf('-');
    const end = lastOffset(list)!;
    this.#insert(
      this.#lineEnd(this.#text.slice(0, end).trimEnd().length),
      Math.max(0, dash),
      lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}`),
    );
  }

  /** The text with the edits; the one given when there are none. */
  result(): string {
    let text = this.#text;
    // Of edits at one place the later one is put in first, so that they end up in order.
    const order = this.#edits.map((edit, index) => ({ edit, index }));
    order.sort((a, b) => b.edit.start - a.edit.start || b.index - a.index);
    for (const { edit } of order) {
      text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    }
    return text;
  }

  #insert(at: number, column: number, lines: string[]) {
    const indent = ' '.repeat(column);
    this.#edits.push({
      start: at,
      end: at,
      text: lines.map(line => `${this.#eol}${indent}${line}`).join(''),
    });
  }

  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    if (end < 0) {
      return this.#text.length;
    }
    return this.#text[end - 1] === '\r' ? end - 1 : end;
  }

  #columnOf(node: Node): number {
    const start = node.range![0];
    return start - (this.#text.lastIndexOf('\n', start - 1) + 1);
  }
}
