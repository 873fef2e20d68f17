import {
  cloneForReading,
  headOf,
  readRevision,
  revisionsOf,
} from '@goldenpath/git';
import { TEMPLATE_MANIFEST_FILE } from '@goldenpath/engine';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import semver from 'semver';
import { readTemplateFolder } from '../template/renderFolder';
import { templateVersion, type TemplateVersion } from './templateVersion';

/** A template with its past, as far as it is under version control. */
export interface OpenTemplate {
  /** As the folder is now, or as the newest commit of the address has it. */
  newest: TemplateVersion;
  /** At a commit; `undefined` when the repository has no such commit, or no template there. */
  at(commit: string): Promise<TemplateVersion | undefined>;
  /** The newest state that calls itself this version. */
  version(wanted: string): Promise<TemplateVersion | undefined>;
  /** The state with this digest, among those that call themselves this version. */
  withDigest(
    version: string,
    inputDigest: string,
  ): Promise<TemplateVersion | undefined>;
  close(): Promise<void>;
}

const ADDRESS = /^(?:https?|ssh|git|file):\/\//;

/**
 * Opens a template in a folder, or in a repository at an address: `https://host/group/templates.git//node-service`,
 * where what follows the second `//` is the template's folder in it.
 *
 * @throws When there is no template.
 */
export async function openTemplate(template: string): Promise<OpenTemplate> {
  return ADDRESS.test(template) ? openAddress(template) : openFolder(template);
}

async function openFolder(dir: string): Promise<OpenTemplate> {
  const newest = await readTemplateFolder(dir);
  const head = await headOf(dir);
  return {
    newest,
    ...past({
      dir,
      repository: head && { directory: head.root, folder: head.prefix },
    }),
    close: async () => {},
  };
}

async function openAddress(template: string): Promise<OpenTemplate> {
  const [, scheme, rest] = /^(\w+:\/\/)(.*)$/.exec(template) ?? [];
  const [repositoryPath, folder = ''] = (rest ?? '').split('//');
  const url = `${scheme}${repositoryPath}`;
  const directory = await fs.mkdtemp(
    path.join(os.tmpdir(), 'golden-path-template-'),
  );
  const close = () => fs.rm(directory, { recursive: true, force: true });
  try {
    const commit = await cloneForReading({ url, directory });
    const repository = { directory, folder: folder.replace(/^\/|\/$/g, '') };
    const known = past({ dir: template, repository, url: template });
    const newest = await known.at(commit);
    if (!newest) {
      throw new Error(
        `--template: ${template} has no ${TEMPLATE_MANIFEST_FILE}`,
      );
    }
    return { newest, ...known, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function past(options: {
  dir: string;
  repository: { directory: string; folder: string } | undefined;
  url?: string;
}): Pick<OpenTemplate, 'at' | 'version' | 'withDigest'> {
  const { dir, repository, url } = options;
  const at = async (revision: string) => {
    if (!repository) {
      return undefined;
    }
    try {
      const { commit, files } = await readRevision({ ...repository, revision });
      return templateVersion({ dir, files, commit, url });
    } catch {
      return undefined;
    }
  };
  const states = async function* states(wanted: string) {
    // The skeleton may change after the manifest did, so every commit of the folder counts
    const revisions = repository
      ? await revisionsOf({
          directory: repository.directory,
          path: repository.folder || '.',
        })
      : [];
    for (const revision of revisions) {
      const found = await at(revision);
      if (found && semver.eq(found.manifest.version, wanted)) {
        yield found;
      }
    }
  };
  return {
    at,
    async version(wanted) {
      for await (const found of states(wanted)) {
        return found;
      }
      return undefined;
    },
    async withDigest(version, inputDigest) {
      for await (const found of states(version)) {
        if (found.inputDigest === inputDigest) {
          return found;
        }
      }
      return undefined;
    },
  };
}
