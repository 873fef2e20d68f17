import {
  type ExpressionToken,
  readTagTokens,
} from '../render/expressionTokens';

/** A stretch of a template's source. */
export type Segment = {
  kind: 'text' | 'output' | 'block' | 'raw' | 'comment';
  /** As written; of a raw block, what is inside. */
  text: string;
  tokens: ExpressionToken[];
  /** 1-based line of its start. */
  line: number;
  /** How many `if`, `for` and other blocks it stands in. */
  depth: number;
};

const OPENING = /\$\{\{-?|\{%-?|\{#/g;
const RAW_END = {
  raw: /\{%-?\s*endraw\s*-?%\}/g,
  verbatim: /\{%-?\s*endverbatim\s*-?%\}/g,
};

/** Takes a template's source apart; what does not end is text, since the renderer refuses it with a better message. */
export function readSegments(source: string): Segment[] {
  const segments: Segment[] = [];
  let index = 0;
  let depth = 0;
  const take = (
    kind: Segment['kind'],
    start: number,
    end: number,
    tokens: ExpressionToken[] = [],
  ) => {
    if (end > start || kind !== 'text') {
      const line = source.slice(0, start).split('\n').length;
      const text = source.slice(start, end);
      segments.push({ kind, text, tokens, line, depth });
    }
  };
  for (;;) {
    OPENING.lastIndex = index;
    const opening = OPENING.exec(source);
    if (!opening) {
      take('text', index, source.length);
      return segments;
    }
    take('text', index, opening.index);
    const start = opening.index + opening[0].length;
    if (opening[0] === '{#') {
      const end = source.indexOf('#}', start);
      index = end < 0 ? source.length : end + 2;
      take('comment', opening.index, index);
      continue;
    }
    const isOutput = opening[0].startsWith('$');
    const tag = readTagTokens(source, start, isOutput ? '}}' : '%}');
    if (!tag) {
      take('text', opening.index, source.length);
      return segments;
    }
    index = tag.end;
    const name = tag.tokens[0]?.value ?? '';
    if (isOutput) {
      take('output', opening.index, index, tag.tokens);
    } else if (name === 'raw' || name === 'verbatim') {
      RAW_END[name].lastIndex = index;
      const end = RAW_END[name].exec(source);
      take('raw', index, end?.index ?? source.length);
      index = end ? end.index + end[0].length : source.length;
    } else {
      depth -= name.startsWith('end') ? 1 : 0;
      take('block', opening.index, index, tag.tokens);
      depth += opensBlock(name, tag.tokens) ? 1 : 0;
    }
  }
}

function opensBlock(name: string, tokens: ExpressionToken[]): boolean {
  return (
    ['if', 'for', 'macro', 'call', 'filter', 'asyncEach'].includes(name) ||
    // `{% set x %}…{% endset %}` holds text; `{% set x = 1 %}` does not
    (name === 'set' && !tokens.some(({ value }) => value === '='))
  );
}
