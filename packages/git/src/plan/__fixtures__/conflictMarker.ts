import type { SourceFile } from '@goldenpath/engine';

const MARKER = /^(<{7,}|={7,}|>{7,}|\|{7,})/;

/** Lines of the result that look like git's marks of a conflict and are in none of what it was made from. */
export function strayMarkers(
  result: readonly SourceFile[],
  sources: readonly SourceFile[],
): string[] {
  const known = new Set(sources.flatMap(markers));
  return result.flatMap(markers).filter(line => !known.has(line));
}

function markers({ content }: SourceFile): string[] {
  return new TextDecoder()
    .decode(content)
    .split(/\r?\n/)
    .filter(line => MARKER.test(line));
}
