import { HierarchyEdge } from '../database/HierarchyStore';

/** Groups, systems and domains by what stands above and below them. @internal */
export class Hierarchy {
  readonly #children = new Map<string, string[]>();
  readonly #parents = new Map<string, string>();

  constructor(edges: HierarchyEdge[]) {
    for (const { entityRef, parentRef } of edges) {
      const children = this.#children.get(parentRef);
      if (children) {
        children.push(entityRef);
      } else {
        this.#children.set(parentRef, [entityRef]);
      }
      const known = this.#parents.get(entityRef);
      // Of several parents the same one every time
      if (known === undefined || parentRef < known) {
        this.#parents.set(entityRef, parentRef);
      }
    }
  }

  /** What stands directly above an entity. */
  parent(entityRef: string): string | null {
    return this.#parents.get(entityRef) ?? null;
  }

  /** An entity and everything below it, each once; what goes round in a circle ends where it began. */
  withDescendants(entityRef: string): Set<string> {
    const found = new Set([entityRef]);
    for (const ref of found) {
      for (const child of this.#children.get(ref) ?? []) {
        found.add(child);
      }
    }
    return found;
  }

  /** Everything above some entities, and they themselves. */
  withAncestors(entityRefs: Iterable<string>): Set<string> {
    const found = new Set(entityRefs);
    for (const ref of found) {
      const parent = this.#parents.get(ref);
      if (parent !== undefined) {
        found.add(parent);
      }
    }
    return found;
  }
}
