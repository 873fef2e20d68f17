import path from 'node:path';
import {
  parseTemplateManifest,
  RepositoryFile,
  skeletonInputDigest,
  SourceFile,
  TEMPLATE_MANIFEST_FILE,
  TemplateManifest,
} from '@goldenpath/engine';

/** A template as it is now: its manifest and the files it renders. @internal */
export interface Template {
  manifest: TemplateManifest;
  skeleton: SourceFile[];
  /** Changes with the manifest and with any byte, mode or path of the skeleton. */
  digest: string;
}

/**
 * Finds manifest and skeleton among the files of a template's folder. Throws an error that says what is missing or, for
 * a manifest that is not valid, file, line and field.
 * @internal
 */
export function templateFromFiles(files: RepositoryFile[]): Template {
  const manifestFile = files.find(file => file.path === TEMPLATE_MANIFEST_FILE);
  if (!manifestFile?.content) {
    throw new Error(
      `The template has no ${TEMPLATE_MANIFEST_FILE} beside its template.yaml`,
    );
  }
  const manifest = parseTemplateManifest({
    text: Buffer.from(manifestFile.content).toString('utf8'),
    file: TEMPLATE_MANIFEST_FILE,
  });
  const folder = path.posix.normalize(manifest.skeleton).replace(/\/+$/, '');
  if (folder.startsWith('..') || path.posix.isAbsolute(folder)) {
    throw new Error(
      `${TEMPLATE_MANIFEST_FILE}: skeleton '${manifest.skeleton}' is outside the template's folder`,
    );
  }
  const prefix = folder === '.' ? '' : `${folder}/`;
  const skeleton = files
    .filter(file => file.path.startsWith(prefix))
    .map(file => sourceFile(file, prefix));
  if (skeleton.length === 0) {
    throw new Error(`The template's skeleton '${folder}' holds no files`);
  }
  const digest = skeletonInputDigest({
    manifest: manifestFile.content,
    files: skeleton,
  });
  return { manifest, skeleton, digest };
}

function sourceFile(file: RepositoryFile, prefix: string): SourceFile {
  if (!file.content) {
    throw new Error(`The template's file ${file.path} is too large to render`);
  }
  return {
    path: file.path.slice(prefix.length),
    mode: file.mode,
    content: file.content,
  };
}
