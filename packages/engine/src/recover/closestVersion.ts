import { compareSemver } from '../plan/compareVersions';

/** A version of a template, rendered for a service whose lock is lost. @public */
export type VersionCandidate = {
  /** Reference of the template's entity. */
  template: string;
  version: string;
  /** Digests of the rendering, by path. */
  files: ReadonlyMap<string, string>;
};

/** The version a service most likely came from. @public */
export type ClosestVersion<C extends VersionCandidate = VersionCandidate> = {
  candidate: C;
  /** Files that the service has as this version renders them. */
  equalFiles: number;
  /** Files of the rendering that are not empty. */
  files: number;
  /** `equalFiles` of `files`: 0 to 1. */
  share: number;
};

const LEAST_EQUAL_FILES = 3;
const LEAST_SHARE = 0.3;
/** Digest of no content at all: an empty file says nothing. */
const EMPTY =
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Finds the version of a template that a service without a lock most likely came from: the one with most files that the
 * service has to the byte. Files that every candidate renders alike are no evidence for one of them, empty ones for none.
 *
 * @remarks
 * Among equals the newest version counts, then the template first in order. `undefined` when the service has fewer than
 * three files of the best one, or less than 30 % of its files: then nothing can be said, unless the template is known.
 *
 * @public
 */
export function closestVersion<C extends VersionCandidate>(options: {
  /** Digests of the service's files, by path. */
  ours: ReadonlyMap<string, string>;
  candidates: Iterable<C>;
  /** True where the template is known, and only its version is asked for: then one file is enough. */
  templateKnown?: boolean;
}): ClosestVersion<C> | undefined {
  const { templateKnown = false } = options;
  const leastFiles = templateKnown ? 1 : LEAST_EQUAL_FILES;
  const leastShare = templateKnown ? 0 : LEAST_SHARE;
  const candidates = [...options.candidates];
  const shared = sharedFiles(candidates);
  const measured = candidates.map(candidate =>
    measure(candidate, options.ours, shared),
  );
  const [best] = measured
    .filter(
      ({ equalFiles, share }) =>
        equalFiles >= leastFiles && share >= leastShare,
    )
    .sort(
      (a, b) =>
        b.evidence - a.evidence ||
        b.share - a.share ||
        (compareSemver(b.candidate.version, a.candidate.version) ?? 0) ||
        (a.candidate.template < b.candidate.template ? -1 : 1),
    );
  if (!best) {
    return undefined;
  }
  const { candidate, equalFiles, files, share } = best;
  return { candidate, equalFiles, files, share };
}

/** Path and digest of the files that all of several candidates have alike. */
function sharedFiles(candidates: readonly VersionCandidate[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { files } of candidates) {
    for (const [path, digest] of files) {
      const key = `${path}\0${digest}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const everywhere = [...counts].filter(
    ([, count]) => candidates.length > 1 && count === candidates.length,
  );
  return new Set(everywhere.map(([key]) => key));
}

function measure<C extends VersionCandidate>(
  candidate: C,
  ours: ReadonlyMap<string, string>,
  shared: ReadonlySet<string>,
) {
  let equalFiles = 0;
  let evidence = 0;
  let files = 0;
  for (const [path, digest] of candidate.files) {
    if (digest !== EMPTY) {
      const isEqual = ours.get(path) === digest;
      const tells = !shared.has(`${path}\0${digest}`);
      files += 1;
      equalFiles += isEqual ? 1 : 0;
      evidence += isEqual && tells ? 1 : 0;
    }
  }
  return {
    candidate,
    equalFiles,
    evidence,
    files,
    share: files === 0 ? 0 : equalFiles / files,
  };
}
