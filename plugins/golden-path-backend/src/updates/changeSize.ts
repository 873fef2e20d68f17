import { FileChange } from '@goldenpath/engine';

const MOST_FILES = 2000;
const MOST_BYTES = 50_000_000;

/** Why a change is too large to be proposed, or `undefined`. @internal */
export function tooLarge(changes: readonly FileChange[]): string | undefined {
  if (changes.length > MOST_FILES) {
    return `The update changes ${changes.length} files, and at most ${MOST_FILES} can be proposed at once; update with the command line instead`;
  }
  const bytes = changes.reduce(
    (sum, { content }) => sum + (content?.length ?? 0),
    0,
  );
  if (bytes > MOST_BYTES) {
    return `The files of the update have ${bytes} bytes, and at most ${MOST_BYTES} can be proposed at once; update with the command line instead`;
  }
  return undefined;
}
