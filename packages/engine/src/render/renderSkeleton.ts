import { compareText } from './digest';
import { globMatcher } from './globs';
import { acceptRenderedPath, linkStaysInside } from './renderedPath';
import { RenderError } from './RenderError';
import type { SourceFile } from './sourceFile';
import { decodeText } from './textContent';
import { type RenderValues, TextRenderer } from './TextRenderer';

/** The engine that renders, as a lock states it. @public */
export const RENDER_ENGINE = 'nunjitsu@0.6.1';

/**
 * Renders a skeleton as Backstage's `fetch:template` does: `${{ }}` for values, Nunjucks blocks, paths rendered too.
 *
 * @remarks
 * Binary files (any that is not UTF-8 text) and symbolic links are copied as they are, as is the content of files
 * that `copyWithoutTemplating` matches by their path in the skeleton. Paths that render to nothing are left out.
 *
 * Stricter than Backstage where a file would be damaged without a word: a value that was not given and any name other
 * than `values` (such as `github` in a workflow, which wants `raw` or `copyWithoutTemplating`) are errors once they
 * are evaluated, as are two files with one path, paths and links that leave the folder, and the `random` filter. The
 * same input always gives the same output, ordered by path.
 *
 * @throws RenderError naming the file, and the line and variable where known.
 *
 * @public
 */
export function renderSkeleton(options: {
  files: readonly SourceFile[];
  values: RenderValues;
  copyWithoutTemplating?: readonly string[];
}): SourceFile[] {
  const { files, values, copyWithoutTemplating = [] } = options;
  const isCopied = globMatcher(copyWithoutTemplating);
  const text = new TextRenderer(values);
  const rendered = new Map<string, SourceFile>();
  const sources = [...files].sort((a, b) => compareText(a.path, b.path));
  for (const file of sources) {
    const path = acceptRenderedPath(
      text.render(file.path, file.path),
      file.path,
    );
    if (path === undefined) {
      continue;
    }
    if (rendered.has(path)) {
      throw new RenderError({
        file: file.path,
        message: `Another file of the skeleton renders to '${path}' too`,
      });
    }
    const content = renderContent(file, path, isCopied(file.path), text);
    rendered.set(path, { path, mode: file.mode, content });
  }
  refuseFilesAsFolders(rendered);
  return [...rendered.values()].sort((a, b) => compareText(a.path, b.path));
}

function renderContent(
  file: SourceFile,
  path: string,
  isCopied: boolean,
  text: TextRenderer,
): Uint8Array {
  const source = decodeText(file.content);
  if (file.mode === '120000') {
    if (source === undefined || !linkStaysInside(path, source)) {
      throw new RenderError({
        file: file.path,
        message: 'The symbolic link points outside the folder',
      });
    }
    return file.content;
  }
  if (isCopied || source === undefined) {
    return file.content;
  }
  return new TextEncoder().encode(text.render(source, file.path));
}

function refuseFilesAsFolders(rendered: Map<string, SourceFile>) {
  for (const path of rendered.keys()) {
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const folder = segments.slice(0, depth).join('/');
      if (rendered.has(folder)) {
        throw new RenderError({
          file: path,
          message: `'${folder}' is rendered both as a file and as a folder`,
        });
      }
    }
  }
}
