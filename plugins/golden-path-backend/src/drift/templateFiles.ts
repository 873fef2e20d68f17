import {
  parseTemplateManifest,
  RepositoryFile,
  skeletonFolders,
  skeletonInputDigest,
  SkeletonPart,
  skeletonParts,
  SourceFile,
  TEMPLATE_MANIFEST_FILE,
  TEMPLATE_PROOF_FOLDER,
  TemplateManifest,
  TemplateSource,
} from '@goldenpath/engine';

const CHANGELOG_FILE = 'CHANGELOG.md';
const LONGEST_CHANGELOG = 256_000;

/** Where a template was read. @internal */
export interface TemplateOrigin {
  /** Address of its folder; `file:` for one of this machine. */
  url: string;
  /** `null` where that is not known. */
  commit: string | null;
}

/** A template at one moment: its manifest and the files it renders. @internal */
export interface Template extends TemplateOrigin {
  manifest: TemplateManifest;
  parts: SkeletonPart[];
  /** Changes with the manifest and with any byte, mode or path of the skeleton and its variants. */
  digest: string;
  /** The manifest as it is written. */
  manifestText: string;
  /** The result of the proof of this version, as it is written. */
  proofText?: string;
  /** `CHANGELOG.md` beside the manifest, its first 256 000 characters. */
  changelog?: string;
}

/**
 * Finds manifest and skeleton among the files of a template's folder. Throws an error that says what is missing or, for
 * a manifest that is not valid, file, line and field.
 * @internal
 */
export function templateFromFiles(
  files: RepositoryFile[],
  origin: TemplateOrigin,
): Template {
  const manifestFile = files.find(file => file.path === TEMPLATE_MANIFEST_FILE);
  if (!manifestFile?.content) {
    throw new Error(
      `The template has no ${TEMPLATE_MANIFEST_FILE} beside its template.yaml`,
    );
  }
  const manifestText = textOf(manifestFile.content);
  const manifest = parseTemplateManifest({
    text: manifestText,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const proofPath = `${TEMPLATE_PROOF_FOLDER}/${manifest.version}.json`;
  const proof = files.find(file => file.path === proofPath)?.content;
  const changelog = files.find(file => file.path === CHANGELOG_FILE)?.content;
  const folders = skeletonFolders(manifest).map(({ folder }) => folder);
  const parts = skeletonParts({
    manifest,
    files: files
      .filter(file => folders.some(folder => isInside(file.path, folder)))
      .map(sourceFile),
  });
  const digest = skeletonInputDigest({
    manifest: manifestFile.content,
    parts,
  });
  return {
    manifest,
    parts,
    digest,
    manifestText,
    ...(proof && { proofText: textOf(proof) }),
    ...(changelog && {
      changelog: textOf(changelog).slice(0, LONGEST_CHANGELOG),
    }),
    ...origin,
  };
}

/** A template's origin as a lock states it. @internal */
export function templateSourceOf({
  url,
  commit,
}: TemplateOrigin): TemplateSource {
  return { type: url.startsWith('file:') ? 'file' : 'git', url, commit };
}

/** Bytes of everything a template renders. @internal */
export function bytesOfTemplate({ parts }: Pick<Template, 'parts'>): number {
  return parts
    .flatMap(({ files }) => files)
    .reduce((sum, file) => sum + file.content.length, 0);
}

function textOf(content: Uint8Array): string {
  return Buffer.from(content).toString('utf8');
}

function isInside(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function sourceFile(file: RepositoryFile): SourceFile {
  if (!file.content) {
    throw new Error(`The template's file ${file.path} is too large to render`);
  }
  const { path, mode, content } = file;
  return { path, mode, content };
}
