import type { SourceFile } from './sourceFiles';

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs'];

/** A relative address from a file on, as a path in the repository; addresses cannot leave it. */
function inRepository(file: string, address: string): string {
  const { pathname } = new URL(address, `file:///${encodeURI(file)}`);
  return decodeURI(pathname.slice(1));
}

/** Paths a relative address may mean: as written, with an ending, as a folder, or the source of a compiled file. */
function meantPaths(file: string, address: string): string[] {
  const path = inRepository(file, address);
  const compiled = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  return [
    ...ENDINGS.map(ending => path + ending),
    compiled,
    `${compiled}x`,
    ...ENDINGS.slice(1).map(ending => `${path}/index${ending}`),
  ];
}

/**
 * The source that a JavaScript or TypeScript file imports a name from, by a relative address and under the same name;
 * `undefined` when it imports it otherwise, or not at all.
 *
 * @internal
 */
export function importedSource(
  source: SourceFile,
  name: string,
  sources: readonly SourceFile[],
): SourceFile | undefined {
  const { file, language, tokens } = source;
  const from = tokens.findIndex((token, index) => {
    const address = tokens[index + 1];
    if (token.text !== 'from' || !/^\.\.?\//.test(address?.text ?? '')) {
      return false;
    }
    const before = tokens.slice(0, index);
    const open = before.findLastIndex(({ text }) => text === '{');
    const named = before.slice(open + 1);
    const at = named.findIndex(({ text }) => text === name);
    const isRenamed = [named[at - 1], named[at + 1]].some(
      other => other?.text === 'as',
    );
    return before[open - 1]?.text === 'import' && at >= 0 && !isRenamed;
  });
  const address = tokens[from + 1]?.text;
  if (language !== 'script' || from < 0 || address === undefined) {
    return undefined;
  }
  const meant = meantPaths(file, address);
  return sources.find(other => meant.includes(other.file));
}
