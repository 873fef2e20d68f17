import type { FileClass, LockedFile, Waiver } from '../model';
import type { SourceFile } from '../render';

/** A file as it was stamped. */
export type BaseFile = {
  path: string;
  entry: LockedFile;
  /** What was stamped, proven by its digest; absent where it could not be reproduced. */
  content?: Uint8Array;
};

/** One file through its three versions, which may have it at three paths. */
export type FileUnit = {
  base?: BaseFile;
  ours?: SourceFile;
  theirs?: SourceFile;
  class: FileClass;
  waiver?: Waiver;
  /** True when the lock says that the service deleted it on purpose, and it is not there. */
  isAbsent: boolean;
  /** A file of the service's own that has the place the template moved or added it to. */
  blockedBy?: string;
  /** `ours` against the other two, in the service's own convention of line ends. */
  comparison: Comparison;
};

/** How the versions of a file differ. Contents are in the service's convention. */
export type Comparison = {
  base?: Uint8Array;
  theirs?: Uint8Array;
  /** The service changed, moved or deleted it. */
  isEdited: boolean;
  /** The template did. */
  isChanged: boolean;
  /** The service has what the new version has. */
  isConverged: boolean;
};

/** The path a unit is known by: the service's, else the new version's, else the stamped one. */
export function unitPath(unit: FileUnit): string {
  const file = unit.ours ?? unit.theirs ?? unit.base;
  return file?.path ?? '';
}
