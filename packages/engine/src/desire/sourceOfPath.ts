import type { TemplateManifest } from '../model';
import {
  renderTemplate,
  type RenderValues,
  type SkeletonPart,
  type SourceFile,
} from '../render';

/**
 * The file of a template that a rendered path comes from: `undefined` when the values render nothing there.
 *
 * @public
 */
export function sourceOfPath(options: {
  path: string;
  manifest: Pick<TemplateManifest, 'copyWithoutTemplating' | 'defaults'>;
  parts: readonly SkeletonPart[];
  values: RenderValues;
}): { folder: string; file: SourceFile } | undefined {
  const { path, manifest, parts, values } = options;
  const named = parts.flatMap(({ folder, files }) =>
    files.map(file => ({ folder, file })),
  );
  // Most paths hold no expression, and render to themselves
  const likely = [
    ...named.filter(({ file }) => file.path === path),
    ...named.filter(({ file }) => file.path !== path && isMade(file.path)),
  ];
  return likely.find(({ folder, file }) => {
    const only = parts
      .filter(part => part.folder === folder)
      .map(part => ({ ...part, files: [emptied(file)] }));
    return renderTemplate({ manifest, parts: only, values }).some(
      rendered => rendered.path === path,
    );
  });
}

function isMade(path: string): boolean {
  return path.includes('${{') || path.includes('{%');
}

/** Only the path matters; the content need not render for it. */
function emptied(file: SourceFile): SourceFile {
  return file.mode === '120000' ? file : { ...file, content: new Uint8Array() };
}
