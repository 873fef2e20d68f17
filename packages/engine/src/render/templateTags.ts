import { type ExpressionToken, readTagTokens } from './expressionTokens';

/** A tag of a template with the tokens of its expression; for a block, without the block's own name. */
export type TemplateTag = {
  /** `output` for `${{ }}`, else the name of the block, such as `if`. */
  name: string;
  tokens: ExpressionToken[];
};

const OPENING = /\$\{\{-?|\{%-?|\{#/g;

/** Lists the tags that a render evaluates: comments and what stands in `raw` or `verbatim` blocks are left out. */
export function readTemplateTags(source: string): TemplateTag[] {
  const tags: TemplateTag[] = [];
  let index = 0;
  while (index < source.length) {
    OPENING.lastIndex = index;
    const opening = OPENING.exec(source);
    if (!opening) {
      break;
    }
    const start = opening.index + opening[0].length;
    if (opening[0] === '{#') {
      const end = source.indexOf('#}', start);
      index = end < 0 ? source.length : end + 2;
      continue;
    }
    const isOutput = opening[0].startsWith('$');
    const tag = readTagTokens(source, start, isOutput ? '}}' : '%}');
    if (!tag) {
      break;
    }
    index = tag.end;
    if (isOutput) {
      tags.push({ name: 'output', tokens: tag.tokens });
      continue;
    }
    const [name, ...tokens] = tag.tokens;
    if (name?.value === 'raw' || name?.value === 'verbatim') {
      index = endOfRaw(source, index, name.value);
    } else if (name) {
      tags.push({ name: name.value, tokens });
    }
  }
  return tags;
}

function endOfRaw(source: string, start: number, name: string): number {
  const marker = new RegExp(`\\{%-?\\s*(end)?${name}\\s*-?%\\}`, 'g');
  marker.lastIndex = start;
  let depth = 1;
  for (let match = marker.exec(source); match; match = marker.exec(source)) {
    depth += match[1] ? -1 : 1;
    if (depth === 0) {
      return marker.lastIndex;
    }
  }
  return source.length;
}
