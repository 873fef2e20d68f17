import type { Evidence } from '../model';

/** What a fix makes of one file. @public */
export interface FileEdit {
  path: string;
  /** `null` for a file that is new. */
  before: string | null;
  after: string;
}

/** A mechanical remedy: a pure function on the text files of a repository. @public */
export interface Fix {
  name: string;
  /** What it writes and what it leaves alone, in a sentence. */
  describe: string;
  /**
   * The files it changes; none where there is nothing to change, or nothing that can be changed without knowing more.
   *
   * @param files - text by path, of all text files of the repository
   * @param evidence - of the check that failed
   */
  apply(
    files: ReadonlyMap<string, string>,
    evidence: readonly Evidence[],
  ): FileEdit[];
}
