/**
 * The entity kinds a filter predicate can match, lower case, or `undefined` when it does not restrict them. Lets the
 * catalog be asked only for entities that may matter; the predicate itself still decides.
 * @internal
 */
export function coveredKinds(predicate: unknown): Set<string> | undefined {
  if (typeof predicate !== 'object' || predicate === null) {
    return undefined;
  }
  const { $all, $any, kind } = predicate as Record<string, unknown>;
  if (Array.isArray($all)) {
    return $all
      .map(coveredKinds)
      .reduce((a, b) => (a && b ? intersection(a, b) : a ?? b), undefined);
  }
  if (Array.isArray($any)) {
    return union($any.map(coveredKinds));
  }
  if (typeof kind === 'string') {
    return new Set([kind.toLocaleLowerCase('en-US')]);
  }
  const options = (kind as { $in?: unknown } | undefined)?.$in;
  return Array.isArray(options)
    ? new Set(options.map(option => String(option).toLocaleLowerCase('en-US')))
    : undefined;
}

/** Kinds matched by any of several predicates. @internal */
export function union(
  sets: (Set<string> | undefined)[],
): Set<string> | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (!set) {
      return undefined;
    }
    for (const kind of set) {
      all.add(kind);
    }
  }
  return all;
}

function intersection(a: Set<string>, b: Set<string>): Set<string> {
  return new Set([...a].filter(kind => b.has(kind)));
}
