import type { DeliveryEvent, ScanEvent } from '../deliveryEvent';
import type { Deployment } from '../deployments';
import { DEFAULT_ENVIRONMENT } from '../environment';
import { eventsOfKind } from '../eventsOfKind';
import { hasSucceeded } from '../metrics/metricContext';
import { normaliseArtifactId, ShaIndex, shaLookup } from '../shippedVersion';
import { scanKey } from './findingIdentity';

/** A scan that names no version is one of a deployment only when it ended this shortly before. */
const UNNAMED_MAX_AGE_MS = 24 * 3_600_000;

/** Whether the scan looked at anything: one that failed or brought no results is never zero findings. */
export function hasScanned({ scan }: ScanEvent): boolean {
  return scan.successful && scan.findings !== undefined;
}

interface Placed {
  event: ScanEvent;
  position: number;
}

/**
 * Tells which scans are of a deployment: per tool and category the latest successful one of its artifact, else of its
 * commit, else the latest that names no version and ended in the 24 hours before the deployment did, after the
 * deployment before it. A scan of another version is never taken for one of this.
 */
export class ReleaseScans {
  readonly #bySha = new ShaIndex<Placed>();
  readonly #byArtifact = new Map<string, Placed[]>();
  readonly #unnamed = new Map<Deployment, Placed[]>();

  /**
   * @param events - in the order of `orderEvents`
   * @param deployments - of the environment, by finish time
   */
  constructor(
    events: readonly DeliveryEvent[],
    deployments: readonly Deployment[],
    environment: string,
  ) {
    const shaOf = shaLookup(events);
    const succeeded = deployments.filter(hasSucceeded);
    let next = 0;
    eventsOfKind(events, 'scan-finished').forEach((event, position) => {
      const about = event.environment;
      if (!hasScanned(event) || (about ?? environment) !== environment) {
        return;
      }
      const placed = { event, position };
      const sha = shaOf(event);
      if (sha !== undefined) {
        this.#bySha.add(sha, placed);
      }
      if (event.artifactId !== undefined) {
        append(this.#byArtifact, normaliseArtifactId(event.artifactId), placed);
      }
      const at = event.at.getTime();
      while (next < succeeded.length && succeeded[next].finishedAt < at) {
        next += 1;
      }
      const isUnnamed = sha === undefined && event.artifactId === undefined;
      if (
        isUnnamed &&
        next < succeeded.length &&
        succeeded[next].finishedAt - at <= UNNAMED_MAX_AGE_MS &&
        (about ?? DEFAULT_ENVIRONMENT) === environment
      ) {
        append(this.#unnamed, succeeded[next], placed);
      }
    });
  }

  /** The scans of a deployment, one per tool and category. */
  of(deployment: Deployment): ScanEvent[] {
    const { sha, artifactId } = deployment;
    const found = new Map<string, ScanEvent>();
    for (const candidates of [
      artifactId === undefined ? [] : this.#byArtifact.get(artifactId) ?? [],
      sha === undefined ? [] : this.#bySha.find(sha),
      this.#unnamed.get(deployment) ?? [],
    ]) {
      const latest = new Map<string, ScanEvent>();
      for (const { event } of [...candidates].sort(
        (a, b) => a.position - b.position,
      )) {
        latest.set(scanKey(event), event);
      }
      for (const [key, event] of latest) {
        if (!found.has(key)) {
          found.set(key, event);
        }
      }
    }
    return [...found.values()];
  }
}

function append<K>(map: Map<K, Placed[]>, key: K, placed: Placed): void {
  const known = map.get(key);
  if (known) {
    known.push(placed);
  } else {
    map.set(key, [placed]);
  }
}
