import { createHash } from 'node:crypto';
import { RENDER_ENGINE } from '@goldenpath/engine';

/** Raised when the same input would give another plan than before. */
const PLAN_VERSION = 1;

/**
 * Says what a plan without decisions was made from: it holds while this is the same.
 *
 * @remarks
 * The day is in it, since waivers end, and the commit, since digests say nothing of modes.
 * @internal
 */
export function planKey(options: {
  layerId: string;
  /** Of the service; `null` where it is under no version control. */
  commit: string | null;
  /** Of the service: `sha256:` digests by path; lock and service file are among them. */
  digests: ReadonlyMap<string, string>;
  /** Input digest of the version the plan leads to. */
  targetDigest: string;
  now: Date;
}): string {
  const { layerId, commit, digests, targetDigest, now } = options;
  const hash = createHash('sha256').update(
    JSON.stringify([
      PLAN_VERSION,
      RENDER_ENGINE,
      layerId,
      commit,
      targetDigest,
      now.toISOString().slice(0, 10),
    ]),
  );
  for (const path of [...digests.keys()].sort()) {
    hash.update(`${path}\0${digests.get(path)}\n`);
  }
  return hash.digest('hex');
}
