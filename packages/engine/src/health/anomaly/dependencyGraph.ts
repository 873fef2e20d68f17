/** `from` depends on `to`. @public */
export interface DependencyEdge {
  from: string;
  to: string;
}

/** Farther away than this, a dependency explains nothing any more. */
const MAX_DISTANCE = 3;

/** Tells what an entity depends on, and how far away. Cycles do no harm. */
export class DependencyGraph {
  readonly #dependencies = new Map<string, Set<string>>();
  readonly #known = new Map<string, ReadonlyMap<string, number>>();

  constructor(edges: readonly DependencyEdge[]) {
    for (const { from, to } of edges) {
      const known = this.#dependencies.get(from) ?? new Set();
      this.#dependencies.set(from, known.add(to));
    }
  }

  /** The entity itself, at 0, and everything upstream of it with its distance. */
  upstreamOf(entity: string): ReadonlyMap<string, number> {
    const known = this.#known.get(entity);
    if (known) {
      return known;
    }
    const distances = new Map([[entity, 0]]);
    let frontier = [entity];
    for (
      let distance = 1;
      distance <= MAX_DISTANCE && frontier.length > 0;
      distance++
    ) {
      const next: string[] = [];
      for (const each of frontier) {
        for (const dependency of this.#dependencies.get(each) ?? []) {
          if (!distances.has(dependency)) {
            distances.set(dependency, distance);
            next.push(dependency);
          }
        }
      }
      frontier = next;
    }
    this.#known.set(entity, distances);
    return distances;
  }
}
