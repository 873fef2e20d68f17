import {
  Forge,
  GoldenPathForgeExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** The forges other modules add. @internal */
export class ForgeRegistry implements GoldenPathForgeExtensionPoint {
  readonly #forges = new Map<string, Forge>();

  addForge(forge: Forge): void {
    if (this.#forges.has(forge.id)) {
      throw new Error(`There is already a forge '${forge.id}'`);
    }
    this.#forges.set(forge.id, forge);
  }

  /** The forge that hosts the repository at a URL, or undefined when none knows it. */
  find(url: string): Forge | undefined {
    return [...this.#forges.values()].find(forge => forge.knows(url));
  }

  ids(): string[] {
    return [...this.#forges.keys()];
  }
}
