import type { TemplateManifest, TemplateVariant } from '../model';
import { compareText } from './digest';
import { RenderError } from './RenderError';
import { renderSkeleton } from './renderSkeleton';
import type { SourceFile } from './sourceFile';
import type { RenderValues } from './TextRenderer';

/** The skeleton or a variant of it, with its files by their path in it. @public */
export type SkeletonPart = {
  /** Folder in the template, without `./` and a closing slash; empty for the template's own. */
  folder: string;
  /** What the values must be for it to be rendered; absent for the skeleton, which always is. */
  when?: TemplateVariant['when'];
  files: SourceFile[];
};

/**
 * The folders a manifest names: the skeleton first, then its variants in the order written.
 *
 * @throws RenderError for a folder outside the template, and for one that lies in another.
 *
 * @public
 */
export function skeletonFolders(
  manifest: Pick<TemplateManifest, 'skeleton' | 'variants'>,
): Omit<SkeletonPart, 'files'>[] {
  const folders = [
    { folder: insideTemplate(manifest.skeleton) },
    ...manifest.variants.map(({ folder, when }) => ({
      folder: insideTemplate(folder),
      when,
    })),
  ];
  folders.forEach(({ folder: a }, index) =>
    folders.slice(0, index).forEach(({ folder: b }) => {
      if (a === b || isInside(a, b) || isInside(b, a)) {
        throw new RenderError({
          file: a,
          message: `The template's folders '${b}' and '${a}' overlap`,
        });
      }
    }),
  );
  return folders;
}

/**
 * Sorts the files of a template's folder into its skeleton and variants; what is in neither is left out.
 *
 * @throws RenderError for a folder that holds no files, and as {@link skeletonFolders}.
 *
 * @public
 */
export function skeletonParts(options: {
  manifest: Pick<TemplateManifest, 'skeleton' | 'variants'>;
  /** Files by their path in the template's folder. */
  files: readonly SourceFile[];
}): SkeletonPart[] {
  return skeletonFolders(options.manifest).map(part => {
    const prefix = part.folder === '' ? '' : `${part.folder}/`;
    const files = options.files
      .filter(file => file.path.startsWith(prefix))
      .map(file => ({ ...file, path: file.path.slice(prefix.length) }));
    if (files.length === 0) {
      throw new RenderError({
        file: part.folder,
        message: `The template's folder '${part.folder}' holds no files`,
      });
    }
    return { ...part, files };
  });
}

/**
 * Renders a template: its skeleton and the variants that the values ask for, with the manifest's defaults for values
 * that were not given.
 *
 * @throws RenderError as {@link renderSkeleton}, and for two parts that hold the same path.
 *
 * @public
 */
export function renderTemplate(options: {
  manifest: Pick<TemplateManifest, 'copyWithoutTemplating' | 'defaults'>;
  /** From {@link skeletonParts}. */
  parts: readonly SkeletonPart[];
  values: RenderValues;
}): SourceFile[] {
  const { manifest, parts } = options;
  const values = { ...manifest.defaults, ...options.values };
  const files = new Map<string, SourceFile>();
  const owners = new Map<string, string>();
  for (const part of parts.filter(({ when }) => holds(when, values))) {
    for (const file of part.files) {
      const other = owners.get(file.path);
      if (other !== undefined) {
        throw new RenderError({
          file: file.path,
          message: `Both '${other}' and '${part.folder}' hold it, and the values ask for both`,
        });
      }
      owners.set(file.path, part.folder);
      files.set(file.path, file);
    }
  }
  return renderSkeleton({
    files: [...files.values()].sort((a, b) => compareText(a.path, b.path)),
    values,
    copyWithoutTemplating: manifest.copyWithoutTemplating,
  });
}

/** Whether values are what `when` asks for. */
export function holds(
  when: TemplateVariant['when'] | undefined,
  values: RenderValues,
): boolean {
  return Object.entries(when ?? {}).every(([name, accepted]) =>
    accepted.some(value => value === values[name]),
  );
}

function insideTemplate(folder: string): string {
  const segments = folder
    .split('/')
    .filter(segment => segment !== '' && segment !== '.');
  if (folder.startsWith('/') || segments.includes('..')) {
    throw new RenderError({
      file: folder,
      message: `The folder '${folder}' is outside the template's folder`,
    });
  }
  return segments.join('/');
}

function isInside(folder: string, other: string): boolean {
  return other === '' || folder.startsWith(`${other}/`);
}
