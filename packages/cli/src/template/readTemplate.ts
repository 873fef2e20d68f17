import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  digestOf,
  parseTemplateManifest,
  parseTemplateMutations,
  parseTemplateProof,
  type SkeletonPart,
  skeletonInputDigest,
  skeletonParts,
  type SourceFile,
  TEMPLATE_MANIFEST_FILE,
  TEMPLATE_MUTATIONS_FILE,
  TEMPLATE_PROOF_FILE,
  type TemplateManifest,
  type TemplateMutations,
  type TemplateProof,
} from '@goldenpath/engine';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Folder, readFolder, textOf } from '../folder/readFolder';

/** A template's folder, read whole. */
export interface ReadTemplate {
  /** Entity reference. */
  ref: string;
  manifest: TemplateManifest;
  parts: SkeletonPart[];
  /** Of what a render starts from. */
  inputDigest: string;
  proof: TemplateProof;
  /** `undefined` where there is no such file. */
  mutations: TemplateMutations | undefined;
  /** The repository a render is laid over; empty where the proof names none. */
  base: SourceFile[];
  /** Of what the proof demands. */
  rulesDigest: string;
  changelog: string | undefined;
}

const entitySchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
  }),
});

function required(folder: Folder, dir: string, file: string): string {
  const text = textOf(folder, file);
  if (text === undefined) {
    throw new Error(`${dir} has no ${file}, so it cannot be proven`);
  }
  return text;
}

/** The template's reference: what the text of `template.yaml` says, else the folder's name. */
export function referenceOf(text: string | undefined, dir: string): string {
  if (text === undefined) {
    return `template:default/${path.basename(path.resolve(dir))}`;
  }
  const parsed = entitySchema.safeParse(parse(text, { maxAliasCount: 100 }));
  if (!parsed.success) {
    throw new Error(`template.yaml: ${z.prettifyError(parsed.error)}`);
  }
  const { namespace = 'default', name } = parsed.data.metadata;
  return `template:${namespace}/${name}`.toLocaleLowerCase('en-US');
}

/**
 * Reads a template's folder with what proves it.
 *
 * @throws When a file is missing or not valid; the message names file and line.
 */
export async function readTemplate(dir: string): Promise<ReadTemplate> {
  const folder = await readFolder(dir);
  const manifestText = required(folder, dir, TEMPLATE_MANIFEST_FILE);
  const manifest = parseTemplateManifest({
    text: manifestText,
    file: TEMPLATE_MANIFEST_FILE,
  });
  const proofText = required(folder, dir, TEMPLATE_PROOF_FILE);
  const proof = parseTemplateProof({
    text: proofText,
    file: TEMPLATE_PROOF_FILE,
  });
  const mutationFiles = folder.files
    .map(file => file.path)
    .filter(isMutationFile)
    .map(file => ({ file, text: textOf(folder, file) ?? '' }));
  const files = folder.files.flatMap(({ path: name, mode, content }) =>
    content ? [{ path: name, mode, content }] : [],
  );
  const parts = skeletonParts({ manifest, files });
  const base = baseFiles(proof, files);
  const rules = [
    proofText,
    ...mutationFiles.map(({ text }) => text),
    manifest.version,
  ].map(text => digestOf(Buffer.from(text)));
  return {
    ref: referenceOf(textOf(folder, 'template.yaml'), dir),
    manifest,
    parts,
    inputDigest: skeletonInputDigest({
      manifest: Buffer.from(manifestText),
      parts,
    }),
    proof,
    mutations: joinMutations(mutationFiles.map(parseTemplateMutations)),
    base,
    rulesDigest: digestOf(
      Buffer.from(
        [
          ...rules,
          ...base.map(file => `${file.path} ${digestOf(file.content)}`),
        ].join('\n'),
      ),
    ),
    changelog: textOf(folder, 'CHANGELOG.md'),
  };
}

/** `mutations.yaml`, and what stands beside it in `mutations/`. */
function isMutationFile(file: string): boolean {
  return (
    file === TEMPLATE_MUTATIONS_FILE || /^mutations\/[^/]+\.yaml$/.test(file)
  );
}

function joinMutations(
  all: TemplateMutations[],
): TemplateMutations | undefined {
  return all.length === 0
    ? undefined
    : {
        schemaVersion: 1,
        mutations: all.flatMap(({ mutations }) => mutations),
        without: all.flatMap(({ without }) => without),
      };
}

function baseFiles(proof: TemplateProof, files: SourceFile[]): SourceFile[] {
  if (proof.base === undefined) {
    return [];
  }
  const prefix = `${proof.base.replace(/^\.\//, '').replace(/\/+$/, '')}/`;
  const found = files
    .filter(file => file.path.startsWith(prefix))
    .map(file => ({ ...file, path: file.path.slice(prefix.length) }));
  if (found.length === 0) {
    throw new Error(`${TEMPLATE_PROOF_FILE}: base: ${prefix} holds no files`);
  }
  return found;
}

/** The text of a file, `undefined` when there is none. */
export async function optionalFile(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
}
