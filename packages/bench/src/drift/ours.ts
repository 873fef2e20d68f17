import {
  buildLayer,
  Layer,
  PlannedUpdate,
  planUpdate,
  renderTemplate,
  skeletonInputDigest,
  skeletonParts,
  SourceFile,
  TemplateManifest,
  templateManifestSchema,
  UpdateTarget,
} from '@goldenpath/engine';
import { GitTreeMerger } from '@goldenpath/git';
import { NAME, TemplateFiles } from './templateVersions';

const APPLIED = { at: '2026-11-21T00:00:00.000Z', via: 'bench' };
const SOURCE = { type: 'file' as const, url: 'file:///bench', commit: null };

/** A version of the template as the suite reads it. */
export interface OurVersion {
  manifest: TemplateManifest;
  parts: ReturnType<typeof skeletonParts>;
  inputDigest: string;
}

export function sourceFiles(files: Map<string, string>): SourceFile[] {
  return [...files].map(([path, text]) => ({
    path,
    mode: '100644',
    content: Buffer.from(text),
  }));
}

export function ourVersion(version: string, files: TemplateFiles): OurVersion {
  const manifest = templateManifestSchema.parse({ schemaVersion: 1, version });
  const skeleton = new Map(
    [...files].map(([path, text]) => [
      `skeleton/${path}`,
      text.replaceAll(NAME, '${{ values.name }}'),
    ]),
  );
  const parts = skeletonParts({ manifest, files: sourceFiles(skeleton) });
  return {
    manifest,
    parts,
    inputDigest: skeletonInputDigest({ manifest: Buffer.from(version), parts }),
  };
}

export function stampedLayer(
  version: OurVersion,
  name: string,
): { layer: Layer; base: SourceFile[] } {
  const base = renderTemplate({ ...version, values: { name } });
  const layer = buildLayer({
    ...version,
    id: 'service',
    entityRef: 'template:default/bench',
    source: SOURCE,
    values: { name },
    rendered: base,
    applied: APPLIED,
  });
  return { layer, base };
}

export function targetFor(
  version: OurVersion,
  name: string,
  rendered = renderTemplate({ ...version, values: { name } }),
): UpdateTarget {
  return { ...version, source: SOURCE, values: { name }, rendered };
}

export async function planOurs(options: {
  layer: Layer;
  base: SourceFile[];
  ours: SourceFile[];
  target: UpdateTarget;
  merger: GitTreeMerger;
}): Promise<PlannedUpdate> {
  return planUpdate({
    ...options,
    waivers: [],
    ownership: {},
    applied: APPLIED,
  });
}

/** The service after the update. */
export function applied(
  ours: Map<string, string>,
  planned: PlannedUpdate,
): Map<string, string> {
  const result = new Map(ours);
  for (const { path, content } of planned.changes) {
    if (content === null) {
      result.delete(path);
    } else {
      result.set(path, Buffer.from(content).toString('utf8'));
    }
  }
  return result;
}
