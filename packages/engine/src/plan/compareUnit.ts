import type { DriftStatus } from '../model';
import { digestOnce, isSameContent } from './contents';
import type { Comparison, FileUnit } from './FileUnit';
import { inConventionOf } from './normalise';

type Versions = Pick<FileUnit, 'base' | 'ours' | 'theirs'>;

/** Compares the versions of a file, whatever line ends the service writes. */
export function compareUnit({ base, ours, theirs }: Versions): Comparison {
  const like = (content: Uint8Array, mode: string) =>
    ours && ours.mode !== '120000' && mode !== '120000'
      ? inConventionOf(content, ours.content)
      : content;
  let stamped = base?.content;
  let next = theirs?.content;
  const hasChanged =
    base && theirs
      ? !isStamped(base, theirs.content)
      : base !== undefined || theirs !== undefined;
  if (ours && !(stamped && isSameContent(stamped, ours.content))) {
    stamped = stamped && base && like(stamped, base.entry.mode);
    next =
      theirs &&
      (hasChanged || !stamped ? like(theirs.content, theirs.mode) : stamped);
  }
  const isMoved =
    base !== undefined &&
    ours !== undefined &&
    ours.path !== base.path &&
    ours.path !== theirs?.path;
  return {
    base: stamped,
    theirs: next,
    isEdited:
      !base ||
      !ours ||
      isMoved ||
      base.entry.mode !== ours.mode ||
      !stamped ||
      !isSameContent(stamped, ours.content),
    isChanged:
      hasChanged ||
      base?.path !== theirs?.path ||
      base?.entry.mode !== theirs?.mode,
    isConverged:
      ours === undefined || theirs === undefined || !next
        ? ours === theirs
        : ours.path === theirs.path &&
          ours.mode === theirs.mode &&
          isSameContent(ours.content, next),
  };
}

/** What a file's drift status is before any merge; as {@link compareFile}, but with places and modes. */
export function statusOf(unit: FileUnit): DriftStatus {
  const { base, ours, isAbsent, comparison } = unit;
  if (isAbsent) {
    return 'pristine';
  }
  if (comparison.isConverged) {
    return comparison.isEdited ? 'converged' : 'pristine';
  }
  if (!ours) {
    return base ? 'missing' : 'outdated';
  }
  if (!comparison.isEdited) {
    return 'outdated';
  }
  return comparison.isChanged ? 'edited+outdated' : 'edited';
}

function isStamped(
  base: NonNullable<FileUnit['base']>,
  content: Uint8Array,
): boolean {
  return base.content
    ? isSameContent(base.content, content)
    : digestOnce(content) === base.entry.sha256;
}
