import {
  parseTemplateManifest,
  type SkeletonPart,
  skeletonInputDigest,
  skeletonParts,
  type SourceFile,
  TEMPLATE_MANIFEST_FILE,
  type TemplateManifest,
  type TemplateSource,
} from '@goldenpath/engine';
import { referenceOf } from '../template/readTemplate';

/** A template as it is, or was at a commit. */
export interface TemplateVersion {
  /** Entity reference. */
  ref: string;
  manifest: TemplateManifest;
  parts: SkeletonPart[];
  inputDigest: string;
  source: TemplateSource;
  changelog: string | undefined;
}

const textOf = (files: readonly SourceFile[], name: string) => {
  const content = files.find(file => file.path === name)?.content;
  return content && Buffer.from(content).toString('utf8');
};

/**
 * What the files of a template's folder are.
 *
 * @param options.dir - names the template where no template.yaml does
 * @throws For a folder that is no template; the message names file and line.
 */
export function templateVersion(options: {
  dir: string;
  files: readonly SourceFile[];
  commit: string | null;
  dirty?: boolean;
  /** Address of the folder, for people to find it again. */
  url?: string;
}): TemplateVersion {
  const { dir, files, commit, dirty, url } = options;
  const text = textOf(files, TEMPLATE_MANIFEST_FILE);
  if (text === undefined) {
    throw new Error(`--template: ${dir} has no ${TEMPLATE_MANIFEST_FILE}`);
  }
  const manifest = parseTemplateManifest({
    text,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const parts = skeletonParts({ manifest, files });
  const ref = referenceOf(textOf(files, 'template.yaml'), dir);
  return {
    ref,
    manifest,
    parts,
    inputDigest: skeletonInputDigest({ manifest: Buffer.from(text), parts }),
    source: {
      type: url ? 'git' : 'file',
      // Where a folder is on this machine means nothing to whoever reads the lock
      url: url ?? `file:///${ref.replace(':', '/')}/template.yaml`,
      commit,
      ...(dirty !== undefined && { dirty }),
    },
    changelog: textOf(files, 'CHANGELOG.md'),
  };
}
