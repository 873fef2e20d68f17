import {
  applyPatch,
  createTwoFilesPatch,
  parsePatch,
  reversePatch,
} from 'diff';
import { sourceOfPath } from './sourceOfPath';
import type { TemplateManifest } from '../model';
import type { TreeMerger } from '../plan';
import {
  type FileMode,
  renderTemplate,
  type RenderValues,
  type SkeletonPart,
  type SourceFile,
} from '../render';
import { decodeText } from '../render/textContent';

/** How an edit of services fits the source of their template. @public */
export type EditFit =
  | {
      fit: 'applicable';
      /** Path in the template's folder, and what the file becomes. */
      path: string;
      mode: FileMode;
      after: string;
      /** Unified diff of that file, without header. */
      patch: string;
    }
  | { fit: 'by-hand' | 'taken'; reason: string };

/**
 * Says whether an edit that services made to a rendered file can be made to the template's own source.
 *
 * @remarks
 * The edit is applied to the newest rendering, and what it changes there is merged into the source, whose expressions
 * stand where the rendering has values. It fits only if the changed source then renders to exactly the edited file: no
 * other proof is taken.
 *
 * @param options.patch - unified diff of the edit, without header
 * @param options.values - of one of the services that made it
 * @throws RenderError when the template does not render with the values.
 *
 * @public
 */
export async function fitEdit(options: {
  path: string;
  patch: string;
  manifest: Pick<TemplateManifest, 'copyWithoutTemplating' | 'defaults'>;
  parts: readonly SkeletonPart[];
  values: RenderValues;
  merger: Pick<TreeMerger, 'mergeContents'>;
}): Promise<EditFit> {
  const { path, manifest, parts, values, merger } = options;
  const rendered = textAt(renderTemplate({ manifest, parts, values }), path);
  const source = sourceOfPath({ path, manifest, parts, values });
  if (rendered === undefined || source === undefined) {
    return {
      fit: 'taken',
      reason: `The newest version has no ${path} for these services`,
    };
  }
  const [patch] = parsePatch(options.patch);
  const edited = applyPatch(rendered, patch, { fuzzFactor: 0 });
  if (edited === false) {
    return applyPatch(rendered, reversePatch(patch), { fuzzFactor: 0 }) !==
      false
      ? { fit: 'taken', reason: 'The newest version has this edit already' }
      : {
          fit: 'by-hand',
          reason: 'The newest version has other lines in that place',
        };
  }
  const before = decodeText(source.file.content) ?? '';
  const after = await mergeInto({ rendered, edited, before, merger });
  const changed =
    after === undefined
      ? undefined
      : renderTemplate({
          manifest,
          parts: withSource(parts, source, after),
          values,
        });
  return after !== undefined && textAt(changed!, path) === edited
    ? {
        fit: 'applicable',
        path: pathOf(source),
        mode: source.file.mode,
        after,
        patch: patchOf(before, after),
      }
    : {
        fit: 'by-hand',
        reason: `Lines of ${pathOf(
          source,
        )} are made by expressions in that place, so somebody must say what they become`,
      };
}

function patchOf(before: string, after: string): string {
  const patch = createTwoFilesPatch('a', 'b', before, after);
  return patch.slice(Math.max(0, patch.indexOf('@@')));
}

async function mergeInto(options: {
  rendered: string;
  edited: string;
  before: string;
  merger: Pick<TreeMerger, 'mergeContents'>;
}): Promise<string | undefined> {
  const { rendered, edited, before, merger } = options;
  if (rendered === before) {
    return edited;
  }
  const encoder = new TextEncoder();
  const [{ content }] = await merger.mergeContents([
    {
      base: encoder.encode(rendered),
      ours: encoder.encode(before),
      theirs: encoder.encode(edited),
    },
  ]);
  return content && decodeText(content);
}

function withSource(
  parts: readonly SkeletonPart[],
  source: { folder: string; file: SourceFile },
  text: string,
): SkeletonPart[] {
  return parts.map(part =>
    part.folder === source.folder
      ? {
          ...part,
          files: part.files.map(file =>
            file.path === source.file.path
              ? { ...file, content: new TextEncoder().encode(text) }
              : file,
          ),
        }
      : part,
  );
}

function textAt(files: readonly SourceFile[], path: string) {
  const file = files.find(other => other.path === path);
  return file && decodeText(file.content);
}

function pathOf({ folder, file }: { folder: string; file: SourceFile }) {
  return folder === '' ? file.path : `${folder}/${file.path}`;
}
