import { type Layer, LOCK_FILE, type Waiver } from '../model';
import type { SourceFile } from '../render';
import { compareText } from '../render/digest';
import { compareUnit } from './compareUnit';
import type { BaseFile, FileUnit } from './FileUnit';
import type { Moves } from './findMoves';
import type { UnitClass } from './unitClass';

/**
 * Brings the three versions of each file together: every file that was stamped or that the new version has. What only
 * the service has is none of the plan's.
 */
export function fileUnits(options: {
  layer: Layer;
  base: ReadonlyMap<string, BaseFile>;
  ours: ReadonlyMap<string, SourceFile>;
  theirs: ReadonlyMap<string, SourceFile>;
  moves: Moves;
  classOf: UnitClass;
  waiverOf: (path: string) => Waiver | undefined;
}): FileUnit[] {
  const { base, ours, theirs, moves } = options;
  const absent = new Set(options.layer.rendered.absent);
  const units: FileUnit[] = [];
  const used = new Set<string>();
  const add = (
    versions: Pick<FileUnit, 'base' | 'ours' | 'theirs' | 'blockedBy'>,
  ) => {
    const paths = [versions.ours, versions.base, versions.theirs].flatMap(
      file => (file ? [file.path] : []),
    );
    units.push({
      ...versions,
      class: options.classOf(paths, versions.base),
      waiver: paths.map(options.waiverOf).find(waiver => waiver !== undefined),
      isAbsent: !versions.ours && paths.some(path => absent.has(path)),
      comparison: compareUnit(versions),
    });
  };
  for (const [path, file] of base) {
    const movedTo = moves.ours.get(path);
    const own = ours.get(path) ?? (movedTo ? ours.get(movedTo) : undefined);
    const place = moves.theirs.get(path) ?? path;
    const next = theirs.get(place);
    const rival =
      place === path || own?.path === place ? undefined : ours.get(place);
    if (next && rival && !own) {
      // The service dropped one file and has another where it went: two stories
      add({ base: file });
    } else {
      if (next) {
        used.add(next.path);
      }
      add({
        base: file,
        ours: own,
        theirs: next,
        ...(rival && { blockedBy: rival.path }),
      });
    }
  }
  for (const [path, file] of theirs) {
    if (!used.has(path) && path !== LOCK_FILE) {
      add({ theirs: file, ours: ours.get(path) });
    }
  }
  return units.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function sortKey({ ours, theirs, base }: FileUnit): string {
  return [ours ?? theirs ?? base, base, theirs]
    .map(file => file?.path ?? '')
    .join('\0');
}
