import type { Layer, TemplateManifest } from '../model';
import type { SourceFile } from '../render';
import type { BaseFile } from './FileUnit';
import { movedPath } from './migrations';
import { inPlainConvention } from './normalise';
import type { TreeMerger } from './TreeMerger';
import type { UnitClass } from './unitClass';

/** Stamped path to the path a side has the file at now, for files that side moved. */
export type Moves = { ours: Map<string, string>; theirs: Map<string, string> };

/**
 * Finds the files that the service or the template moved: as the template's migrations say, else as git recognises them.
 * Only files that are missing on a side can have been moved by it, and only to a path that was not stamped; nothing else
 * is handed to git.
 */
export async function findMoves(options: {
  layer: Layer;
  manifest: TemplateManifest;
  base: ReadonlyMap<string, BaseFile>;
  ours: ReadonlyMap<string, SourceFile>;
  theirs: ReadonlyMap<string, SourceFile>;
  classOf: UnitClass;
  merger: TreeMerger;
}): Promise<Moves> {
  const { layer, base, ours, theirs, classOf } = options;
  const absent = new Set(layer.rendered.absent);
  const announced = announcedMoves(options);
  const movable = [...base.values()].filter(
    file =>
      file.content &&
      file.content.length > 0 &&
      file.entry.mode !== '120000' &&
      !announced.has(file.path) &&
      ['merged', 'seeded'].includes(classOf([file.path], file)),
  );
  const taken = new Set(announced.values());
  const newTheirs = newFiles(theirs, base).filter(f => !taken.has(f.path));
  const newOurs = newFiles(ours, base);
  const goneTheirs =
    newTheirs.length > 0 ? movable.filter(f => !theirs.has(f.path)) : [];
  const goneOurs =
    newOurs.length > 0
      ? movable.filter(
          file =>
            !ours.has(file.path) &&
            !absent.has(file.path) &&
            // Of what is the service's own it matters only that it is gone
            classOf([file.path], file) === 'merged',
        )
      : [];
  const moves: Moves = { ours: new Map(), theirs: announced };
  if (goneTheirs.length === 0 && goneOurs.length === 0) {
    return moves;
  }
  const sources = new Map(
    [...goneTheirs, ...goneOurs].map(file => [file.path, file]),
  );
  const sideOf = (
    side: ReadonlyMap<string, SourceFile>,
    added: SourceFile[],
  ): SourceFile[] => [
    ...[...sources.keys()].flatMap(path => side.get(path) ?? []).map(plain),
    ...added.map(plain),
  ];
  const merged = await options.merger.mergeTrees({
    base: [...sources.values()].map(({ path, entry, content }) =>
      plain({ path, mode: entry.mode, content: content as Uint8Array }),
    ),
    ours: sideOf(ours, goneOurs.length > 0 ? newOurs : []),
    theirs: sideOf(theirs, goneTheirs.length > 0 ? newTheirs : []),
  });
  for (const { from, to } of merged.moves.theirs) {
    if (!taken.has(to)) {
      moves.theirs.set(from, to);
    }
  }
  for (const { from, to } of merged.moves.ours) {
    // Where the template has a file of its own, the service's is its counterpart, wherever it came from
    if (!theirs.has(to) || moves.theirs.get(from) === to) {
      moves.ours.set(from, to);
    }
  }
  return moves;
}

function announcedMoves(options: {
  layer: Layer;
  manifest: TemplateManifest;
  base: ReadonlyMap<string, BaseFile>;
  theirs: ReadonlyMap<string, SourceFile>;
}): Map<string, string> {
  const { layer, manifest, base, theirs } = options;
  const moves = new Map<string, string>();
  if ((manifest.migrations ?? []).length > 0) {
    const taken = new Set<string>();
    for (const { path, entry } of base.values()) {
      const from = entry.heldAt ?? layer.template.version;
      const to = movedPath(manifest, from, path);
      if (
        to !== path &&
        theirs.has(to) &&
        !theirs.has(path) &&
        !base.has(to) &&
        !taken.has(to)
      ) {
        taken.add(to);
        moves.set(path, to);
      }
    }
  }
  return moves;
}

function newFiles(
  side: ReadonlyMap<string, SourceFile>,
  base: ReadonlyMap<string, BaseFile>,
): SourceFile[] {
  return [...side.values()].filter(
    file => !base.has(file.path) && file.mode !== '120000',
  );
}

/** Line ends must not hide that two files are alike. */
function plain(file: SourceFile): SourceFile {
  return { ...file, content: inPlainConvention(file.content) };
}
