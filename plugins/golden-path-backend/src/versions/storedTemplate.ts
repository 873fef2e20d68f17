import {
  digestOf,
  parseTemplateManifest,
  skeletonFolders,
  skeletonInputDigest,
  SourceFile,
  TEMPLATE_MANIFEST_FILE,
} from '@goldenpath/engine';
import { Content, LARGEST_CONTENT } from '../database/ContentStore';
import { TemplateVersionRow } from '../database/TemplateVersionStore';
import { Template } from '../drift/templateFiles';

/** A file of a version: the folder of the template that it is in, and its path there. */
interface StoredFile extends Pick<SourceFile, 'path' | 'mode'> {
  folder: string;
  sha256: string;
}

/** A template as it is stored; the contents lie elsewhere, by their digests. */
type StoredTemplate = Pick<
  TemplateVersionRow,
  'manifest_text' | 'changelog' | 'files' | 'problem'
>;

/** Takes a template apart for the database. @internal */
export function takeApart(template: Template): {
  stored: StoredTemplate;
  contents: Content[];
} {
  const files = template.parts.flatMap(({ folder, files: inFolder }) =>
    inFolder.map(({ path, mode, content }) => ({
      stored: { folder, path, mode, sha256: digestOf(content) },
      content,
    })),
  );
  const { manifestText, changelog } = template;
  const texts = {
    manifest_text: manifestText,
    // PostgreSQL keeps no NUL in a text
    changelog: changelog?.replaceAll('\0', '\ufffd') ?? null,
  };
  const tooLarge = files.find(
    ({ content }) => content.length > LARGEST_CONTENT,
  );
  if (tooLarge) {
    const { folder, path } = tooLarge.stored;
    const problem = `Its contents are not kept, since ${folder}/${path} has more than ${LARGEST_CONTENT} bytes`;
    return { stored: { ...texts, files: null, problem }, contents: [] };
  }
  return {
    stored: {
      ...texts,
      files: JSON.stringify(files.map(({ stored }) => stored)),
      problem: null,
    },
    contents: files.map(({ stored, content }) => ({
      sha256: stored.sha256,
      content,
    })),
  };
}

/** The digests of what a stored version holds. @internal */
export function contentDigests(row: Pick<TemplateVersionRow, 'files'>) {
  return storedFiles(row).map(({ sha256 }) => sha256);
}

/**
 * Puts a stored version together. `undefined` when contents are missing, or what comes out is not what the version's
 * digest says.
 * @internal
 */
export function putTogether(
  row: TemplateVersionRow,
  contents: ReadonlyMap<string, Uint8Array>,
): Template | undefined {
  if (row.files === null) {
    return undefined;
  }
  const manifest = parseTemplateManifest({
    text: row.manifest_text,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const files = storedFiles(row);
  const parts = skeletonFolders(manifest).map(part => ({
    ...part,
    files: files
      .filter(({ folder }) => folder === part.folder)
      .flatMap(({ path, mode, sha256 }) => {
        const content = contents.get(sha256);
        return content ? [{ path, mode, content }] : [];
      }),
  }));
  const digest = skeletonInputDigest({
    manifest: Buffer.from(row.manifest_text),
    parts,
  });
  return digest === row.input_digest
    ? {
        manifest,
        parts,
        digest,
        manifestText: row.manifest_text,
        ...(row.changelog !== null && { changelog: row.changelog }),
        url: row.url,
        commit: row.commit,
      }
    : undefined;
}

function storedFiles({ files }: Pick<TemplateVersionRow, 'files'>) {
  return JSON.parse(files ?? '[]') as StoredFile[];
}
