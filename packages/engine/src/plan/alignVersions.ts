import { higherVersion } from './compareVersions';
import { applyHunks, type Hunk } from './hunks';
import {
  findVersionTokens,
  type VersionToken,
  type VersionTokens,
} from './versionTokens';

/** A version that both sides moved since the stamped rendering. */
export type VersionBump = {
  key: string;
  base: string;
  ours: string;
  theirs: string;
  /** Whose is the higher one. */
  wins: 'ours' | 'theirs';
};

/** Three line lists to be merged. */
export type LineTriple = { base: string[]; ours: string[]; theirs: string[] };

/** What {@link alignTriple} takes to bring the versions of a file into line. */
export type VersionAlignment = {
  /** Versions the service moved, by what it has. */
  ownMoves: Map<string, string>;
  bumps: VersionBump[];
  tokens: { base: VersionTokens; ours: VersionTokens; theirs: VersionTokens };
};

/**
 * Finds the versions that the service moved, alone or as the template did. Where both did, the higher one is to win;
 * where it cannot be told which one that is, the version is left to the merge of the lines.
 */
export function findVersionAlignment(options: {
  path: string;
  base: string;
  ours: string;
  theirs: string;
}): VersionAlignment | undefined {
  const base = findVersionTokens(options.path, options.base);
  if (base.size === 0) {
    return undefined;
  }
  const ours = findVersionTokens(options.path, options.ours);
  const theirs = findVersionTokens(options.path, options.theirs);
  const ownMoves = new Map<string, string>();
  const bumps: VersionBump[] = [];
  for (const [key, { text }] of base) {
    const own = ours.get(key)?.text;
    const next = theirs.get(key)?.text;
    if (own !== undefined && next !== undefined && own !== text) {
      const higher =
        next === text || next === own ? 'a' : higherVersion(key, own, next);
      if (higher) {
        ownMoves.set(key, own);
      }
      if (higher && next !== text && next !== own) {
        const wins = higher === 'a' ? 'ours' : 'theirs';
        bumps.push({ key, base: text, ours: own, theirs: next, wins });
      }
    }
  }
  return ownMoves.size === 0
    ? undefined
    : { ownMoves, bumps, tokens: { base, ours, theirs } };
}

/** The bumps of the template that would raise a version of the service, and stand in these hunks. */
export function bumpsIn(
  alignment: VersionAlignment,
  hunks: readonly Hunk[],
): VersionBump[] {
  return alignment.bumps.filter(
    ({ key, wins }) =>
      wins === 'theirs' &&
      alignment.tokens.theirs
        .get(key)
        ?.places.some(({ line }) => hunks.some(hunk => isNewLine(hunk, line))),
  );
}

/**
 * The three texts with the versions that win written into each, so that a merge meets only what else was changed.
 * `hunks` are the changes of the template that are taken.
 */
export function alignTriple(
  lines: LineTriple,
  hunks: readonly Hunk[],
  alignment: VersionAlignment,
): LineTriple {
  const winners = new Map(alignment.ownMoves);
  for (const { key, theirs } of bumpsIn(alignment, hunks)) {
    winners.set(key, theirs);
  }
  const base = withVersions(lines.base, alignment.tokens.base, winners);
  const theirs = withVersions(lines.theirs, alignment.tokens.theirs, winners);
  return {
    base,
    ours: withVersions(lines.ours, alignment.tokens.ours, winners),
    theirs: applyHunks({ oldLines: base, newLines: theirs, hunks }),
  };
}

function isNewLine(hunk: Hunk, line: number): boolean {
  return line >= hunk.newStart && line < hunk.newStart + hunk.newCount;
}

function withVersions(
  lines: readonly string[],
  tokens: VersionTokens,
  winners: ReadonlyMap<string, string>,
): string[] {
  const result = [...lines];
  const edits = [...winners].flatMap(([key, version]) =>
    placesOf(tokens.get(key)).map(place => ({ ...place, version })),
  );
  // From the right, so that earlier columns stay where they are
  edits.sort((a, b) => b.start - a.start);
  for (const { line, start, end, version } of edits) {
    const text = result[line];
    result[line] = `${text.slice(0, start)}${version}${text.slice(end)}`;
  }
  return result;
}

function placesOf(token: VersionToken | undefined) {
  return token?.places ?? [];
}
