import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ChangeHost } from './ChangeHost';
import type { FactCollector } from './FactCollector';
import type { Forge } from './Forge';

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

/** Adds forges to the Golden Path backend, which collects the `forge` fact from them. @public */
export interface GoldenPathForgeExtensionPoint {
  /**
   * Adds a forge. Of several that know a URL, the one added first is asked.
   *
   * Throws when the id is taken by another forge.
   */
  addForge(forge: Forge): void;
}

/** @public */
export const goldenPathForgeExtensionPoint =
  createExtensionPoint<GoldenPathForgeExtensionPoint>({
    id: 'golden-path.forge',
  });

/** Adds hosts of repositories to the Golden Path backend, on which it proposes updates. @public */
export interface GoldenPathChangeHostExtensionPoint {
  /**
   * Adds a host. Of several that know a URL, the one added first is asked.
   *
   * Throws when the id is taken by another host.
   */
  addChangeHost(host: ChangeHost): void;
}

/** @public */
export const goldenPathChangeHostExtensionPoint =
  createExtensionPoint<GoldenPathChangeHostExtensionPoint>({
    id: 'golden-path.change-host',
  });
