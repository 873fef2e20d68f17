import {
  buildLayer,
  digestOf,
  type FileClass,
  type FileMode,
  type Layer,
  type PlannedUpdate,
  planUpdate,
  type RenderValues,
  type SourceFile,
  type TemplateManifest,
  type TemplateMigration,
  type TreeMerger,
  type UpdateDecisions,
  type Waiver,
} from '@goldenpath/engine';

/** A file in a case: its text, or more. */
export type FileSpec =
  | string
  | { text?: string; bytes?: number[]; mode?: FileMode };

export type TreeSpec = Record<string, FileSpec>;

/** Base, service and new version of one case, and the rules that hold. */
export type Planning = {
  base: TreeSpec;
  ours: TreeSpec;
  theirs: TreeSpec;
  from?: string;
  to?: string;
  classes?: Partial<TemplateManifest['classes']>;
  ownership?: Record<string, FileClass>;
  waivers?: Waiver[];
  decisions?: UpdateDecisions;
  absent?: string[];
  migrations?: TemplateMigration[];
  values?: RenderValues;
  /** What can be reproduced of the base, where that is not all of it. */
  reproduced?: TreeSpec;
  /** Version each file's entry is held at. */
  heldAt?: Record<string, string>;
};

export const APPLIED = { at: '2026-11-22T12:00:00Z', via: 'test' };
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function tree(spec: TreeSpec): SourceFile[] {
  return Object.entries(spec).map(([path, file]) => {
    const given = typeof file === 'string' ? { text: file } : file;
    return {
      path,
      mode: given.mode ?? '100644',
      content: given.bytes
        ? new Uint8Array(given.bytes)
        : encoder.encode(given.text ?? ''),
    };
  });
}

/** A tree as a case writes it: text, or bytes in brackets, after the mode where that is not a plain file's. */
export function written(files: readonly SourceFile[]): Record<string, string> {
  const entries = files.map(({ path, mode, content }): [string, string] => {
    const text = content.includes(0)
      ? `[${[...content].join(' ')}]`
      : decoder.decode(content);
    return [path, mode === '100644' ? text : `${mode} ${text}`];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function manifestOf(planning: Partial<Planning>): TemplateManifest {
  return {
    schemaVersion: 1,
    version: planning.to ?? '2.0.0',
    skeleton: './skeleton',
    variants: [],
    defaults: {},
    migrations: planning.migrations ?? [],
    copyWithoutTemplating: [],
    classes: {
      managed: [],
      merged: [],
      seeded: [],
      excluded: [],
      ...planning.classes,
    },
  };
}

export function layerOf(planning: Planning): Layer {
  const layer = buildLayer({
    id: 'service',
    entityRef: 'template:default/node-service',
    source: { type: 'git', url: 'https://git.example/t', commit: null },
    manifest: { ...manifestOf(planning), version: planning.from ?? '1.0.0' },
    inputDigest: digestOf(encoder.encode('old')),
    values: { name: 'pay' },
    rendered: tree(planning.base),
    applied: { at: '2026-11-01T00:00:00Z', via: 'test' },
  });
  for (const [path, version] of Object.entries(planning.heldAt ?? {})) {
    layer.rendered.files[path].heldAt = version;
  }
  layer.rendered.absent = planning.absent ?? [];
  return layer;
}

/** Plans a case. With `shuffled`, the files are given in the opposite order. */
export async function planCase(
  planning: Planning,
  merger: TreeMerger,
  options: { shuffled?: boolean } = {},
): Promise<PlannedUpdate> {
  const order = (files: SourceFile[]) =>
    options.shuffled ? files.reverse() : files;
  return planUpdate({
    layer: layerOf(planning),
    base: order(tree(planning.reproduced ?? planning.base)),
    ours: order(tree(planning.ours)),
    target: {
      manifest: manifestOf(planning),
      source: { type: 'git', url: 'https://git.example/t', commit: null },
      inputDigest: digestOf(encoder.encode('new')),
      values: planning.values ?? { name: 'pay' },
      rendered: order(tree(planning.theirs)),
    },
    waivers: planning.waivers ?? [],
    ownership: planning.ownership ?? {},
    decisions: planning.decisions,
    applied: APPLIED,
    merger,
  });
}

/** The service after the update. */
export function applied(
  ours: readonly SourceFile[],
  { changes }: PlannedUpdate,
): SourceFile[] {
  const files = new Map(ours.map(file => [file.path, file]));
  for (const { path, mode, content } of changes) {
    if (content === null) {
      files.delete(path);
    } else {
      files.set(path, { path, mode, content });
    }
  }
  return [...files.values()];
}

/** Plans once more after an update was applied, with nothing decided. */
export async function planAgain(
  planning: Planning,
  first: PlannedUpdate,
  merger: TreeMerger,
): Promise<PlannedUpdate> {
  return planUpdate({
    layer: first.layer,
    // The old rendering too, since files may be held at it
    base: [
      ...tree(planning.theirs),
      ...tree(planning.reproduced ?? planning.base),
    ],
    ours: applied(tree(planning.ours), first),
    target: {
      manifest: manifestOf(planning),
      source: { type: 'git', url: 'https://git.example/t', commit: null },
      inputDigest: digestOf(encoder.encode('new')),
      values: planning.values ?? { name: 'pay' },
      rendered: tree(planning.theirs),
    },
    waivers: planning.waivers ?? [],
    ownership: planning.ownership ?? {},
    applied: { at: '2026-11-23T12:00:00Z', via: 'again' },
    merger,
  });
}
