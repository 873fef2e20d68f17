import { LOCK_FILE, type Lock, parseLock } from '@goldenpath/engine';
import { type Folder, textOf } from './readFolder';

/**
 * The lock of a folder.
 *
 * @throws When there is none, or it is not valid; the message names the line.
 */
export function readLock(folder: Folder): Lock {
  const text = textOf(folder, LOCK_FILE);
  if (text === undefined) {
    throw new Error(
      `There is no ${LOCK_FILE}: this folder was not created from a golden path template, so nothing can be compared.`,
    );
  }
  return parseLock({ text, file: LOCK_FILE });
}
