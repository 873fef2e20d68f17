import {
  ChangeHost,
  GoldenPathChangeHostExtensionPoint,
} from '@goldenpath/backstage-plugin-golden-path-node';

/** The hosts that updates can be proposed on, as modules add them. @internal */
export class ChangeHostRegistry implements GoldenPathChangeHostExtensionPoint {
  readonly #hosts = new Map<string, ChangeHost>();

  addChangeHost(host: ChangeHost): void {
    if (this.#hosts.has(host.id)) {
      throw new Error(`There is already a host of changes named '${host.id}'`);
    }
    this.#hosts.set(host.id, host);
  }

  /** The first host that knows the repository at an address, in the order they were added. */
  find(url: string): ChangeHost | undefined {
    return [...this.#hosts.values()].find(host => host.knows(url));
  }

  list(): ChangeHost[] {
    return [...this.#hosts.values()];
  }
}
