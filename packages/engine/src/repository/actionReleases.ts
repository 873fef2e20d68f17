import { z } from 'zod';
import data from './actionReleaseTable.json';

const releaseSchema = z.object({
  /** The tag, such as `v7.0.1`. */
  version: z.string(),
  /** The commit the tag leads to. */
  sha: z.string().regex(/^[0-9a-f]{40}$/),
});

const tableSchema = z.object({
  source: z.string(),
  observed: z.string(),
  actions: z.record(
    z.string(),
    z.object({
      /** The Node.js the newest version runs on; absent for containers and lists of steps. */
      node: z.string().optional(),
      /** Newest first, one per major version. */
      pins: z.array(releaseSchema).min(1),
    }),
  ),
});

export type ActionRelease = z.infer<typeof releaseSchema>;

const { actions } = tableSchema.parse(data);

/** Known releases of all actions. */
export const ALL_RELEASES = Object.values(actions).flatMap(({ pins }) => pins);

/**
 * What is known of an action's releases.
 *
 * @param name - `owner/repository`, with or without a path
 */
export function releasesOf(name: string) {
  const repository = name.toLowerCase().split('/').slice(0, 2).join('/');
  return Object.hasOwn(actions, repository) ? actions[repository] : undefined;
}

/** Version a comment beside a reference names, as `v7.0.1`, `v7` or `7.0.1 (2026-07-17)`; `undefined` for other words. */
export function commentedVersion(comment: string | undefined) {
  const text = (comment ?? '').trim().replace(/^(tag|pin)\s*[=:@]\s*/i, '');
  return /^v?\d{1,4}(\.\d{1,4}){0,2}(?=$|[\s,;(])/.exec(text)?.[0];
}

const bare = (version: string) => version.replace(/^v/, '');

/** Whether `7` or `7.0` stands for `7.0.1`. */
function covers(version: string, tag: string): boolean {
  return `${bare(tag)}.`.startsWith(`${bare(version)}.`);
}

/**
 * Whether the version in the comment beside a commit hash is the one the hash belongs to.
 *
 * @param options.name - `owner/repository`, with or without a path
 * @returns `true` also when there is no version to be wrong; `undefined` when neither hash nor version is known
 */
export function isCommentTrue(options: {
  name: string;
  sha: string;
  comment?: string;
}): boolean | undefined {
  const version = commentedVersion(options.comment);
  if (version === undefined) {
    return true;
  }
  const releases = releasesOf(options.name)?.pins ?? [];
  const ofHash = releases.find(({ sha }) => sha === options.sha);
  if (ofHash) {
    return covers(version, ofHash.version);
  }
  const ofVersion = releases.some(one => bare(one.version) === bare(version));
  return ofVersion ? false : undefined;
}
