import { textOnce } from './contents';

/** Whether every line that the service has more often than the stamped text is in the result. */
export function keepsOwnLines(options: {
  base: Uint8Array;
  ours: Uint8Array;
  result: Uint8Array;
}): boolean {
  const base = countLines(options.base);
  const result = countLines(options.result);
  for (const [line, count] of countLines(options.ours)) {
    if ((result.get(line) ?? 0) < count - (base.get(line) ?? 0)) {
      return false;
    }
  }
  return true;
}

function countLines(content: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of (textOnce(content) ?? '').split(/\r?\n/)) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
