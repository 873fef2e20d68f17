import type { DeliveryEvent } from './deliveryEvent';

const COMMIT_ID = /^[0-9a-f]{7,64}$/;
const SHORTEST_SHA = 7;
const SHA1_LENGTH = 40;

function isShort(sha: string): boolean {
  return sha.length < SHA1_LENGTH;
}

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
  /** Known commit ids by their first digits, so that a shortened one is compared with few. */
  readonly #byStart = new Map<string, string[]>();

  add(sha: string, value: T): void {
    const key = normaliseSha(sha);
    const values = this.#values.get(key);
    if (values) {
      values.push(value);
      return;
    }
    this.#values.set(key, [value]);
    if (COMMIT_ID.test(key)) {
      const start = key.slice(0, SHORTEST_SHA);
      const alike = this.#byStart.get(start);
      if (alike) {
        alike.push(key);
      } else {
        this.#byStart.set(start, [key]);
      }
    }
  }

  find(sha: string): T[] {
    const key = normaliseSha(sha);
    const exact = this.#values.get(key) ?? [];
    const alike = this.#byStart.get(key.slice(0, SHORTEST_SHA)) ?? [];
    if (alike.every(known => known === key) || !COMMIT_ID.test(key)) {
      return [...exact];
    }
    return [
      ...exact,
      ...alike.flatMap(known =>
        known !== key &&
        ((isShort(known) && key.startsWith(known)) ||
          (isShort(key) && known.startsWith(key)))
          ? this.#values.get(known)!
          : [],
      ),
    ];
  }
}

/**
 * Tells which commit a deployment shipped or a scan looked at, along the standard links: the event's own `sha`, else
 * the change its artifact was packaged from, else the change of its chain.
 *
 * @param events - in the order of `orderEvents`; of several answers the latest counts.
 */
export function shaLookup(
  events: readonly DeliveryEvent[],
): (
  event: Pick<DeliveryEvent, 'sha' | 'artifactId' | 'chainId'>,
) => string | undefined {
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
