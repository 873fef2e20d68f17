import {
  missingValues,
  renderTemplate,
  type RenderValues,
  type SourceFile,
} from '@goldenpath/engine';
import { headOf } from '@goldenpath/git';
import { readFolder } from '../folder/readFolder';
import { MAX_SOURCE_BYTES, sourceFiles } from '../folder/sourceFiles';
import {
  templateVersion,
  type TemplateVersion,
} from '../update/templateVersion';

/** A template rendered, with what a lock says of it. */
export type RenderedTemplate = TemplateVersion & { rendered: SourceFile[] };

/** Reads the folder of a template. */
export async function readTemplateFolder(
  dir: string,
): Promise<TemplateVersion> {
  const files = await readFolder(dir, { maxFileBytes: MAX_SOURCE_BYTES })
    .then(sourceFiles)
    .catch(error => {
      throw new Error(`--template: ${error.message}`);
    });
  const head = await headOf(dir);
  return templateVersion({
    dir,
    files,
    commit: head?.commit ?? null,
    ...(head && { dirty: head.dirty }),
  });
}

/**
 * Reads a template's folder and renders it.
 *
 * @throws For a folder that is no template, and naming all values that are missing.
 */
export async function renderFolder(
  dir: string,
  values: RenderValues,
): Promise<RenderedTemplate> {
  const template = await readTemplateFolder(dir);
  const { manifest, parts } = template;
  const missing = missingValues({ manifest, parts, values });
  if (missing.length > 0) {
    throw new Error(
      `The template needs values that were not given: ${missing.join(
        ', ',
      )}. Give each with --value name=value, or all in a file with --values`,
    );
  }
  return { ...template, rendered: renderTemplate({ manifest, parts, values }) };
}
