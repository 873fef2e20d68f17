import {
  FactCollector,
  GoldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { BUILT_IN_SOURCES } from './sources';

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The collectors other modules add. @internal */
export class CollectorRegistry implements GoldenPathCollectorExtensionPoint {
  readonly #collectors = new Map<string, FactCollector>();

  addCollector(collector: FactCollector): void {
    const { id } = collector;
    if (!IDENTIFIER.test(id)) {
      throw new Error(
        `The collector id '${id}' is not an identifier that checks can read: letters, digits and '_', not beginning with a digit`,
      );
    }
    if (
      this.#collectors.has(id) ||
      (BUILT_IN_SOURCES as readonly string[]).includes(id)
    ) {
      throw new Error(`There is already a collector of '${id}'`);
    }
    this.#collectors.set(id, collector);
  }

  list(): FactCollector[] {
    return [...this.#collectors.values()];
  }
}
