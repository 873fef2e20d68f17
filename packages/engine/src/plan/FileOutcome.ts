import type {
  DriftStatus,
  HunkStatus,
  PlanAction,
  PlanConflictKind,
  PlanNotice,
} from '../model';
import type { SourceFile } from '../render';
import { type FileUnit, unitPath } from './FileUnit';
import type { MergedHunk } from './textDraft';

/** What a plan says of one file and does with it. */
export type FileOutcome = {
  unit: FileUnit;
  path: string;
  status: DriftStatus;
  action: PlanAction;
  conflict?: PlanConflictKind;
  reason?: string;
  hunks: MergedHunk[];
  /** The result, where it is not what the service has. */
  write?: SourceFile;
  /** Path of the service's that the update deletes. */
  remove?: string;
  /**
   * What the next lock says: the new version's entry, or the old one, held, since the service has not taken the update.
   */
  entry: 'new' | 'held';
  /** Paths that count as deleted on purpose from now on. */
  absent: string[];
  notices: PlanNotice[];
  /** How the template's change of the file stands, where it has no hunks; absent when the template did not change it. */
  change?: HunkStatus;
};

/** An outcome that does nothing, but for what is given. */
export function outcomeOf(
  unit: FileUnit,
  rest: Partial<FileOutcome> & Pick<FileOutcome, 'status'>,
): FileOutcome {
  return {
    unit,
    path: unitPath(unit),
    action: 'none',
    hunks: [],
    entry: 'new',
    absent: [],
    notices: [],
    ...rest,
  };
}

/** The new version's file as the service would have it: at a path, in the service's convention. */
export function theirFile(unit: FileUnit, path?: string): SourceFile {
  const { theirs, comparison } = unit;
  if (!theirs) {
    throw new Error(`The new version has no file for '${unitPath(unit)}'`);
  }
  return {
    path: path ?? theirs.path,
    mode: theirs.mode,
    content: comparison.theirs ?? theirs.content,
  };
}

/** Every path a file is known by, the service's first: what decisions may name. */
export function namesOf({ ours, base, theirs }: FileUnit): string[] {
  return [ours, base, theirs].flatMap(file => (file ? [file.path] : []));
}
