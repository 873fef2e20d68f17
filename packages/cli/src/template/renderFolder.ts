import {
  missingValues,
  parseTemplateManifest,
  renderTemplate,
  type RenderValues,
  skeletonInputDigest,
  skeletonParts,
  type SourceFile,
  TEMPLATE_MANIFEST_FILE,
  type TemplateManifest,
  type TemplateSource,
} from '@goldenpath/engine';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readFolder, textOf } from '../folder/readFolder';
import { referenceOf } from './readTemplate';

const run = promisify(execFile);

/** A template rendered, with what a lock says of it. */
export interface RenderedTemplate {
  /** Entity reference. */
  ref: string;
  manifest: TemplateManifest;
  inputDigest: string;
  source: TemplateSource;
  rendered: SourceFile[];
}

async function isDirty(dir: string): Promise<boolean> {
  const { stdout } = await run('git', [
    '-C',
    dir,
    'status',
    '--porcelain',
    '--',
    '.',
  ]);
  return stdout.trim() !== '';
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
  const folder = await readFolder(dir).catch(error => {
    throw new Error(`--template: ${error.message}`);
  });
  const text = textOf(folder, TEMPLATE_MANIFEST_FILE);
  if (text === undefined) {
    throw new Error(`--template: ${dir} has no ${TEMPLATE_MANIFEST_FILE}`);
  }
  const manifest = parseTemplateManifest({
    text,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const files = folder.files.flatMap(({ path, mode, content }) =>
    content ? [{ path, mode, content }] : [],
  );
  const parts = skeletonParts({ manifest, files });
  const missing = missingValues({ manifest, parts, values });
  if (missing.length > 0) {
    throw new Error(
      `The template needs values that were not given: ${missing.join(
        ', ',
      )}. Give each with --value name=value, or all in a file with --values`,
    );
  }
  const ref = referenceOf(folder, dir);
  const { commit } = folder;
  return {
    ref,
    manifest,
    inputDigest: skeletonInputDigest({ manifest: Buffer.from(text), parts }),
    source: {
      type: 'file',
      // Where the folder is on this machine means nothing to whoever reads the lock
      url: `file:///${ref.replace(':', '/')}/template.yaml`,
      commit,
      ...(commit !== null && { dirty: await isDirty(dir) }),
    },
    rendered: renderTemplate({ manifest, parts, values }),
  };
}
