/** Vulnerability ids that mean the same, such as a CVE and a GHSA, put into groups. */
export class AliasGroups {
  readonly #parents = new Map<string, string>();

  /** Says that all these ids mean the same vulnerability. */
  join(ids: readonly string[]): void {
    const [first, ...others] = ids.map(id => this.#rootOf(id.toUpperCase()));
    for (const other of others) {
      const [a, b] = [this.#rootOf(first), this.#rootOf(other)];
      if (a !== b) {
        // The smaller id leads, so that the order of joining does not matter.
        this.#parents.set(a < b ? b : a, a < b ? a : b);
      }
    }
  }

  /** The id that stands for the group of this id. */
  leaderOf(id: string): string {
    return this.#rootOf(id.toUpperCase());
  }

  #rootOf(id: string): string {
    let root = id;
    for (
      let parent = this.#parents.get(root);
      parent !== undefined;
      parent = this.#parents.get(root)
    ) {
      root = parent;
    }
    if (root !== id) {
      this.#parents.set(id, root);
    }
    return root;
  }
}
