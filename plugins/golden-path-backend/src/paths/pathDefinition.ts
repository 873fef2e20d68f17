import { createHash } from 'node:crypto';
import { GoldenPath, goldenPathSchema } from '@goldenpath/engine';

/** Raised when the same facts and path would give another scorecard than before. */
const EVALUATION_VERSION = 2;

/**
 * What a path says, as JSON with sorted keys: the same for a file and a catalog entity with the same content. Of the
 * metadata only the name, the title and the description belong to it.
 * @internal
 */
export function definitionOf(path: GoldenPath): string {
  const { apiVersion, kind, metadata, spec } = path;
  const { name, title, description } = metadata;
  return JSON.stringify(
    { apiVersion, kind, metadata: { name, title, description }, spec },
    sortKeys,
  );
}

/** Digest of one definition; changes when scores by it may. @internal */
export function digestOfDefinition(definition: string): string {
  return sha256(`${EVALUATION_VERSION}\n${definition}`);
}

/** Digest of all paths in force, whatever their order. @internal */
export function digestOfPaths(paths: { digest: string }[]): string {
  const digests = paths.map(({ digest }) => digest).sort();
  return sha256(`${EVALUATION_VERSION}\n${digests.join('\n')}`);
}

/**
 * The digest a stored definition would have today, as far as it can be read: a default that the schema got since then is
 * no change of content.
 * @internal
 */
export function presentDigest(definition: string): string {
  const { success, data } = goldenPathSchema.safeParse(JSON.parse(definition));
  return digestOfDefinition(success ? definitionOf(data) : definition);
}

function sortKeys(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
