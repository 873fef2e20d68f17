import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { FactCollector } from './FactCollector';

/** Adds sources of facts to the Golden Path backend. @public */
export interface GoldenPathCollectorExtensionPoint {
  /**
   * Adds a collector.
   *
   * Throws when the id is not a CEL identifier (`[a-zA-Z_][a-zA-Z0-9_]*`) or is taken by another collector.
   */
  addCollector(collector: FactCollector): void;
}

/** @public */
export const goldenPathCollectorExtensionPoint =
  createExtensionPoint<GoldenPathCollectorExtensionPoint>({
    id: 'golden-path.collector',
  });
