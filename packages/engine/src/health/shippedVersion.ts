import type { DeliveryEvent, DeploymentFinishedEvent } from './deliveryEvent';

const SHORT_SHA = /^[0-9a-f]{7,39}$/;
const SHORTEST_SHA = 7;

/** One spelling for an artifact id: package URLs come percent-encoded or not. */
export function normaliseArtifactId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** One spelling for a commit id. */
export function normaliseSha(sha: string): string {
  return sha.toLowerCase();
}

/**
 * Finds values by commit id, a shortened one of at least seven digits included, on either side.
 */
export class ShaIndex<T> {
  readonly #values = new Map<string, T[]>();

  add(sha: string, value: T): void {
    const key = normaliseSha(sha);
    const values = this.#values.get(key);
    if (values) {
      values.push(value);
    } else {
      this.#values.set(key, [value]);
    }
  }

  find(sha: string): T[] {
    const key = normaliseSha(sha);
    const found = [...(this.#values.get(key) ?? [])];
    for (let length = SHORTEST_SHA; length < key.length; length++) {
      const short = key.slice(0, length);
      if (SHORT_SHA.test(short)) {
        found.push(...(this.#values.get(short) ?? []));
      }
    }
    if (SHORT_SHA.test(key)) {
      for (const [known, values] of this.#values) {
        if (known !== key && known.startsWith(key)) {
          found.push(...values);
        }
      }
    }
    return found;
  }
}

/**
 * Tells which commit a deployment shipped, along the standard links: the event's own `sha`, else the change
 * its artifact was packaged from, else the change of its chain.
 *
 * @param events - in the order of `orderEvents`; of several answers the latest counts.
 */
export function shaLookup(
  events: readonly DeliveryEvent[],
): (event: DeploymentFinishedEvent) => string | undefined {
  const ofChange = new Map<string, string>();
  for (const event of events) {
    if (
      (event.kind === 'change-merged' || event.kind === 'change-created') &&
      event.sha !== undefined
    ) {
      ofChange.set(event.subjectId, event.sha);
    }
  }
  const ofArtifact = new Map<string, string>();
  const ofPackagedChain = new Map<string, string>();
  const ofMergedChain = new Map<string, string>();
  for (const event of events) {
    if (
      event.kind === 'artifact-packaged' ||
      event.kind === 'artifact-published'
    ) {
      const sha =
        event.sha ??
        (event.change && (ofChange.get(event.change.id) ?? event.change.id));
      if (sha !== undefined) {
        ofArtifact.set(normaliseArtifactId(event.subjectId), sha);
        if (event.chainId !== undefined) {
          ofPackagedChain.set(event.chainId, sha);
        }
      }
    }
    if (event.kind === 'change-merged' && event.chainId !== undefined) {
      ofMergedChain.set(event.chainId, event.sha ?? event.subjectId);
    }
  }
  return ({ sha, artifactId, chainId }) =>
    sha ??
    (artifactId === undefined
      ? undefined
      : ofArtifact.get(normaliseArtifactId(artifactId))) ??
    (chainId === undefined
      ? undefined
      : ofPackagedChain.get(chainId) ?? ofMergedChain.get(chainId));
}
