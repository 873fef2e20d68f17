import type { SourceFile } from '@goldenpath/engine';
import type { Folder } from './readFolder';

/** Largest file of which templates and merges know the content; what is larger does not belong into a repository. */
export const MAX_SOURCE_BYTES = 50 * 1024 * 1024;

/**
 * The files of a folder, whose contents must all have been read.
 *
 * @throws Naming the file that was too large.
 */
export function sourceFiles(folder: Folder): SourceFile[] {
  return folder.files.map(({ path, mode, size, content }) => {
    if (!content) {
      throw new Error(
        `${path} has ${size} bytes, more than is read of one file. Take it out of the repository, or keep it in Git LFS`,
      );
    }
    return { path, mode, content };
  });
}
