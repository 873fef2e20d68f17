import type { FlagUse } from './runtimeData';
import type { SourceFile } from './sourceFiles';

const ELEMENT = 'FeatureFlag';
const KEY = 'flagKey';
/** How far to look for the key among the attributes of an element. */
const MAX_TOKENS = 200;

/**
 * Finds the flags that elements of the OpenFeature React SDK ask for, `<FeatureFlag flagKey="key" …>`. A key that is not
 * written out is an element without one.
 *
 * @internal
 */
export function flagElements(source: SourceFile): FlagUse[] {
  const { file, text, tokens } = source;
  if (
    !/\.[jt]sx$/.test(file) ||
    !/['"]@openfeature\/react-sdk['"]/.test(text)
  ) {
    return [];
  }
  return tokens.flatMap((token, index): FlagUse[] => {
    if (token.text !== ELEMENT || tokens[index - 1]?.text !== '<') {
      return [];
    }
    const inside = tokens.slice(index, index + MAX_TOKENS);
    const at = inside.findIndex(
      ({ text: word }, next) => word === KEY && inside[next + 1]?.text === '=',
    );
    const [first, second, third] = at < 0 ? [] : inside.slice(at + 2, at + 5);
    const isWrapped = first?.text === '{' && third?.text === '}';
    const key = isWrapped ? second : first;
    const place = { file, line: token.line };
    return [
      key?.type === 'string' && !key.dynamic
        ? { ...place, key: key.text, certainty: 'literal' }
        : place,
    ];
  });
}
