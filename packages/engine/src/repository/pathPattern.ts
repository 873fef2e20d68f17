/** Matches one segment against `*` and `?`; linear but for the one star it may have to go back to. */
function matchesSegment(pattern: string, segment: string): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let mark = 0;
  while (s < segment.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = s;
      p += 1;
    } else if (pattern[p] === '?' || pattern[p] === segment[s]) {
      p += 1;
      s += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      s = mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') {
    p += 1;
  }
  return p === pattern.length;
}

/**
 * Makes a test of paths against a pattern of `*` and `?` within a segment and `**` for any number of segments. Written
 * out, since a pattern from a repository must not be able to take exponential time.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const parts = pattern
    .split('/')
    .filter((part, index, all) => part !== '**' || all[index - 1] !== '**');
  return path => {
    const segments = path.split('/');
    let reached = new Set([0]);
    for (const part of parts) {
      const next = new Set<number>();
      if (part === '**') {
        const first = Math.min(...reached);
        for (let at = first; at <= segments.length; at += 1) {
          next.add(at);
        }
      } else {
        for (const at of reached) {
          if (at < segments.length && matchesSegment(part, segments[at])) {
            next.add(at + 1);
          }
        }
      }
      if (next.size === 0) {
        return false;
      }
      reached = next;
    }
    return reached.has(segments.length);
  };
}

/** Whether one of several patterns takes a path; those that begin with `!` take it out again. */
export function matchesPatterns(
  patterns: readonly string[],
  path: string,
): boolean {
  return patterns.reduce(
    (matched, pattern) =>
      pattern.startsWith('!')
        ? matched && !pathPattern(pattern.slice(1))(path)
        : matched || pathPattern(pattern)(path),
    false,
  );
}
