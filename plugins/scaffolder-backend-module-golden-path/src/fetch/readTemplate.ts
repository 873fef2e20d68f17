import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  parseTemplateManifest,
  skeletonFolders,
  skeletonInputDigest,
  type SkeletonPart,
  type TemplateManifest,
  type TemplateSource,
} from '@goldenpath/engine';
import fs from 'fs-extra';
import path from 'node:path';
import { readFolder, SizeBudget, SKELETON_LIMITS } from './readFolder';
import { readGitState } from './readGitState';

/** A template as it was read, once. */
export type Template = {
  manifest: TemplateManifest;
  parts: SkeletonPart[];
  inputDigest: string;
  source: TemplateSource;
};

const FILE_PROTOCOL = 'file://';
const COMMIT = /^[0-9a-f]{7,64}$/;
const MAX_MANIFEST_BYTES = 256 * 1024;

/**
 * Reads a template's manifest and skeleton in one go, so that both are of the commit that is recorded.
 *
 * @remarks
 * From a `file:` address the folder itself is read, and git is asked for its commit. From any other the tree is
 * downloaded into `temporaryFolder`; its etag is the commit where the URL reader gives one that looks like it.
 *
 * @throws InputError when paths leave the template's folder or the template is too large, NotFoundError without a
 * manifest or skeleton, and the engine's DocumentError for a manifest that does not fit.
 */
export async function readTemplate(options: {
  /** Address of the template's `template.yaml`. */
  baseUrl: string;
  /** Path of the manifest, relative to `template.yaml`. */
  manifestPath: string;
  reader: UrlReaderService;
  integrations: ScmIntegrationRegistry;
  temporaryFolder: () => Promise<string>;
}): Promise<Template> {
  const { baseUrl, manifestPath } = options;
  const inside = path.posix.normalize(manifestPath);
  if (path.posix.isAbsolute(inside) || inside.startsWith('../')) {
    throw new InputError(
      `The manifest '${manifestPath}' must be inside the template's folder`,
    );
  }
  const folder = path.posix.dirname(inside);
  const name = path.posix.basename(inside);
  if (baseUrl.startsWith(FILE_PROTOCOL)) {
    const base = path.dirname(baseUrl.slice(FILE_PROTOCOL.length));
    const root = resolveSafeChildPath(base, folder);
    const template = await readTemplateFolder({ root, name, manifestPath });
    const { commit, dirty } = await readGitState({
      folder: root,
      paths: [name, ...template.parts.map(part => part.folder || '.')],
    });
    return {
      ...template,
      source: { type: 'file', url: baseUrl, commit, ...(commit && { dirty }) },
    };
  }
  const url = options.integrations.resolveUrl({
    url: `${folder}/`,
    base: baseUrl,
  });
  const root = await options.temporaryFolder();
  const etag = await download({ url, root, reader: options.reader });
  return {
    ...(await readTemplateFolder({ root, name, manifestPath })),
    source: { type: 'git', url, commit: COMMIT.test(etag) ? etag : null },
  };
}

async function download(options: {
  url: string;
  root: string;
  reader: UrlReaderService;
}): Promise<string> {
  const { url, root, reader } = options;
  const budget = new SizeBudget(SKELETON_LIMITS);
  const tree = await reader.readTree(url, {
    filter: (_, info) => {
      budget.add(info?.size ?? 0);
      return true;
    },
  });
  await tree.dir({ targetDir: root });
  return tree.etag;
}

async function readTemplateFolder(options: {
  root: string;
  name: string;
  manifestPath: string;
}): Promise<Omit<Template, 'source'>> {
  const { root, name, manifestPath } = options;
  const manifestFile = resolveSafeChildPath(root, name);
  const stat = await fs.stat(manifestFile).catch(() => undefined);
  if (!stat?.isFile()) {
    throw new NotFoundError(
      `The template has no manifest at '${manifestPath}'`,
    );
  }
  if (stat.size > MAX_MANIFEST_BYTES) {
    throw new InputError(
      `The manifest '${manifestPath}' is larger than ${MAX_MANIFEST_BYTES} bytes`,
    );
  }
  const budget = new SizeBudget(SKELETON_LIMITS);
  const content = await fs.readFile(manifestFile);
  const manifest = parseTemplateManifest({
    text: content.toString('utf8'),
    file: manifestPath,
  });
  const parts: SkeletonPart[] = [];
  for (const part of skeletonFolders(manifest)) {
    const folder = resolveSafeChildPath(root, part.folder || '.');
    const stats = await fs.stat(folder).catch(() => undefined);
    if (!stats?.isDirectory()) {
      throw new NotFoundError(
        `The manifest '${manifestPath}' names the folder '${part.folder}', which is no folder of the template`,
      );
    }
    parts.push({ ...part, files: await readFolder(folder, budget) });
  }
  const inputDigest = skeletonInputDigest({ manifest: content, parts });
  return { manifest, parts, inputDigest };
}
