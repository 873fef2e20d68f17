import type { Coverage } from './sourceData';

const MEASURES = /(^|\s)go test\s.*-coverprofile\b/;
const LISTS = /(^|\s)go tool cover\s.*-func\b/;
/** awk that takes the total from the list, and fails below a number it is given. */
const COMPARES =
  /^g?awk\s.*?(?:-v\s*)(?:floor|min|minimum|threshold)=(\d+(?:\.\d+)?)\s.*\btotal\b.*\bexit\b/s;

/**
 * Floors of Go's own coverage, which has none itself: `go tool cover -func=… | awk -v floor=80 '/^total:/ …'`.
 *
 * @param commands - what pipelines run in the end, one program each
 */
export function goFloors(
  commands: readonly { file: string; line: number; command?: string }[],
): Coverage[] {
  const has = (pattern: RegExp) =>
    commands.some(({ command = '' }) => pattern.test(command));
  if (!has(LISTS)) {
    return [];
  }
  return commands.flatMap(({ file, line, command = '' }): Coverage[] => {
    const floor = COMPARES.exec(command)?.[1];
    return floor === undefined
      ? []
      : [
          {
            file,
            line,
            tool: 'go cover',
            floor: Number(floor),
            enforced: has(MEASURES),
          },
        ];
  });
}
