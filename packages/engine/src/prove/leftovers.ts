import type { ToolFinding } from '../model';
import type { SourceFile } from '../render';
import { decodeText } from '../render/textContent';

const LEFTOVERS: [rule: string, pattern: RegExp][] = [
  ['value', /\$?\{\{-?\s*values\s*(\.|\[|\}|\|)/],
  ['raw-block', /\{%-?\s*(end)?(raw|verbatim)\s*-?%\}/],
  ['block', /\{%-?\s*(if|elif|elseif|for|set)\b[^%]*\bvalues\b/],
  ['block', /\{%-?\s*(endif|endfor|endset|else)\s*-?%\}/],
];

/**
 * Finds template syntax that reached a rendered repository: a file that is copied but was written to be rendered, or a
 * block that was written twice.
 *
 * @public
 */
export function findLeftovers(rendered: readonly SourceFile[]): ToolFinding[] {
  return rendered.flatMap(({ path, mode, content }) => {
    const inPath = LEFTOVERS.filter(([, pattern]) => pattern.test(path)).map(
      ([rule]): ToolFinding => ({
        file: path,
        rule: `leftover-${rule}`,
        message: 'The path holds template syntax',
      }),
    );
    const text = mode === '120000' ? undefined : decodeText(content);
    const lines = text === undefined ? [] : text.split('\n');
    return [
      ...inPath,
      ...lines.flatMap((line, index) => {
        const found = LEFTOVERS.find(([, pattern]) => pattern.test(line));
        return found
          ? [
              {
                file: path,
                line: index + 1,
                rule: `leftover-${found[0]}`,
                message: `Template syntax was not rendered: ${line
                  .trim()
                  .slice(0, 120)}`,
              },
            ]
          : [];
      }),
    ];
  });
}
