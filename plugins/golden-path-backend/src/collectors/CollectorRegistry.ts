import {
  FactCollector,
  GoldenPathCollectorExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';
import { FACT_SCHEMAS, FactSchema } from '@goldenpath/engine';
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

  /** Shapes of facts, of the suite's own sources too. */
  schemas(): Record<string, FactSchema> {
    const added = this.list().flatMap(({ id, schema }) =>
      schema ? [[id, schema] as const] : [],
    );
    return { ...FACT_SCHEMAS, ...Object.fromEntries(added) };
  }

  list(): FactCollector[] {
    return [...this.#collectors.values()];
  }
}
