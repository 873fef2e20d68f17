import type { SourceFile } from '../render';
import { type FileOutcome, outcomeOf } from './FileOutcome';

/**
 * Takes back what would put a file where the service has a folder, or below one of its files. What the update deletes is
 * no obstacle; taking something back may be one for another, so this goes on until nothing clashes.
 */
export function withoutPlaceClashes(
  outcomes: readonly FileOutcome[],
  ours: ReadonlyMap<string, SourceFile>,
): FileOutcome[] {
  let current = [...outcomes];
  for (;;) {
    const isNew = ({ write }: FileOutcome) => write && !ours.has(write.path);
    if (!current.some(isNew)) {
      return current;
    }
    const removed = new Set(current.flatMap(({ remove }) => remove ?? []));
    const files = new Set([...ours.keys()].filter(path => !removed.has(path)));
    const folders = new Set([...files].flatMap(foldersOf));
    const clashes = (outcome: FileOutcome) => {
      const path = outcome.write?.path;
      return (
        path !== undefined &&
        isNew(outcome) &&
        (folders.has(path) || foldersOf(path).some(f => files.has(f)))
      );
    };
    if (!current.some(clashes)) {
      return current;
    }
    current = current.map(outcome =>
      clashes(outcome) ? takenBack(outcome) : outcome,
    );
  }
}

function takenBack({ unit, hunks, path }: FileOutcome): FileOutcome {
  return outcomeOf(unit, {
    path: unit.ours?.path ?? path,
    status: 'conflict',
    action: 'keep',
    conflict: 'file/folder',
    reason: `The service has a folder where the template has the file '${path}', or a file where it has a folder`,
    hunks,
    entry: 'held',
    change: 'conflict',
  });
}

function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'));
}
