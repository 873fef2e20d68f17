import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { ServiceEdit } from '../model';
import { isSameContent, textOnce } from './contents';
import type { FileUnit } from './FileUnit';
import { changedLines, findHunks, splitLines } from './hunks';
import { patchOf } from './unifiedPatch';

const MAX_PATCH_LENGTH = 20_000;
const MAX_EDITS_OF_FILE = 100;

/**
 * What the service changed in files that belong to the template or to both, one entry for each run of lines.
 *
 * @remarks
 * The fingerprint is over the file's stamped path and the lines taken away and put in, without the space at their ends:
 * services whose other lines differ, by their names for instance, have the same fingerprint for the same edit.
 */
export function serviceEdits(units: readonly FileUnit[]): ServiceEdit[] {
  return units.flatMap(({ base, ours, comparison, class: owner }) => {
    if (!base || !ours || !comparison.base || !comparison.isEdited) {
      return [];
    }
    const isShared = owner === 'managed' || owner === 'merged';
    const oldText = textOnce(comparison.base);
    const newText = textOnce(ours.content);
    if (
      !isShared ||
      oldText === undefined ||
      newText === undefined ||
      isSameContent(comparison.base, ours.content)
    ) {
      return [];
    }
    const oldLines = splitLines(oldText);
    const newLines = splitLines(newText);
    return findHunks(oldLines, newLines)
      .slice(0, MAX_EDITS_OF_FILE)
      .map(hunk => ({
        path: base.path,
        fingerprint: fingerprint(
          base.path,
          changedLines({ oldLines, newLines, hunk }),
        ),
        patch: shorten(patchOf({ oldLines, newLines, hunks: [hunk] })),
      }));
  });
}

function fingerprint(path: string, lines: readonly string[]): string {
  const text = [path, ...lines.map(line => line.trimEnd())].join('\n');
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

function shorten(patch: string): string {
  if (patch.length <= MAX_PATCH_LENGTH) {
    return patch;
  }
  const end = patch.lastIndexOf('\n', MAX_PATCH_LENGTH);
  return `${patch.slice(0, end + 1)}\\ The rest is left out\n`;
}
