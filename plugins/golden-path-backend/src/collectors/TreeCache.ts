import { ByteCache } from '../versions/ByteCache';
import { Tree } from './readTree';
import { SourceLocation } from './sourceLocation';

/** The trees read last, so that what was just read for facts is not read again for a plan. @internal */
export class TreeCache {
  readonly #trees: ByteCache<Tree>;

  constructor(options: { mostBytes?: number } = {}) {
    const { mostBytes = 100_000_000 } = options;
    this.#trees = new ByteCache({ mostBytes });
  }

  get(location: SourceLocation): Tree | undefined {
    return this.#trees.get(JSON.stringify(location));
  }

  /** Replaces the tree of a location. */
  put(location: SourceLocation, tree: Tree): void {
    const bytes = tree.files.reduce(
      (sum, file) => sum + (file.content?.length ?? 0),
      0,
    );
    this.#trees.set(JSON.stringify(location), tree, bytes);
  }
}
