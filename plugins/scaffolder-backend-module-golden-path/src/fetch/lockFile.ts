import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  formatLock,
  type Layer,
  type Lock,
  LOCK_FILE,
  mergeLayer,
  parseLock,
} from '@goldenpath/engine';
import fs from 'fs-extra';

/** The lock of a folder, or `undefined` when it has none. @throws DocumentError for one that cannot be read. */
export async function readLock(root: string): Promise<Lock | undefined> {
  const file = resolveSafeChildPath(root, LOCK_FILE);
  if (!(await fs.pathExists(file))) {
    return undefined;
  }
  const text = await fs.readFile(file, 'utf8');
  return parseLock({ text, file: LOCK_FILE });
}

/** Writes the layer into the folder's lock, in place of the one with its id. */
export async function writeLayer(options: {
  root: string;
  lock: Lock | undefined;
  layer: Layer;
}): Promise<void> {
  const { root, lock, layer } = options;
  await fs.outputFile(
    resolveSafeChildPath(root, LOCK_FILE),
    formatLock(mergeLayer(lock, layer)),
  );
}
