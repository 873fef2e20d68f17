import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DeliveryEvent,
  EntityHint,
  resolveEntityHints,
} from '@goldenpath/engine';
import { HintMatch, HintStore } from '../database/HintStore';
import { fitsArtifact, parseArtifactId } from './artifactIds';
import { hintsOfEvent } from './entityHints';

/**
 * The entity an event belongs to.
 *
 * `attached`: it is in the catalog and the sender may see it. `expected`: the event names it outright, and the catalog
 * has not read it yet. `ambiguous`: what the event says leads to several. `hidden`: it leads to what the sender may not
 * see; never to be told apart from `unknown`, where it leads to nothing.
 * @internal
 */
export type EventEntity =
  | { status: 'attached' | 'expected'; entityRef: string }
  | { status: 'ambiguous' | 'hidden' | 'unknown' };

/**
 * Finds the entity a delivery event belongs to: the one it names, else the one that goes by its service id, ships its
 * artifact or has its files in its repository.
 *
 * @remarks
 * Of several candidates none is taken: guessing one would credit it with the others' deployments. What a weaker hint
 * says is asked only where the stronger ones led to no single visible entity.
 * @internal
 */
export class EventEntityResolver {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #hints: HintStore;
  readonly #credentials: BackstageCredentials | undefined;
  readonly #found = new Map<string, Promise<EventEntity>>();

  /** One resolver serves one request, with the sender's `credentials`; without them it sees what the backend sees. */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    hints: HintStore;
    credentials?: BackstageCredentials;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#hints = options.hints;
    this.#credentials = options.credentials;
  }

  async resolve(event: DeliveryEvent): Promise<EventEntity> {
    const seen = new Set<EventEntity['status']>();
    for (const hint of resolveEntityHints(event)) {
      const key = JSON.stringify([hint.kind, hint.source, hint.value]);
      const pending = this.#found.get(key) ?? this.#find(hint);
      this.#found.set(key, pending);
      const found = await pending;
      if (found.status === 'attached' || found.status === 'expected') {
        return found;
      }
      seen.add(found.status);
    }
    const status = (['ambiguous', 'hidden'] as const).find(s => seen.has(s));
    return { status: status ?? 'unknown' };
  }

  async #find(hint: EntityHint): Promise<EventEntity> {
    if (hint.kind === 'entityRef') {
      return this.#named(hint.value);
    }
    const candidates = await this.#candidates(hint);
    return candidates.length === 0
      ? { status: 'unknown' }
      : this.#choose(candidates);
  }

  async #named(entityRef: string): Promise<EventEntity> {
    if (await this.#visible(entityRef)) {
      return { status: 'attached', entityRef };
    }
    return (await this.#exists(entityRef))
      ? { status: 'hidden' }
      : { status: 'expected', entityRef };
  }

  async #choose(candidates: string[]): Promise<EventEntity> {
    const visible: string[] = [];
    for (const entityRef of candidates) {
      if (await this.#visible(entityRef)) {
        visible.push(entityRef);
      }
    }
    if (candidates.length > 1) {
      return { status: visible.length > 1 ? 'ambiguous' : 'hidden' };
    }
    return visible.length === 1
      ? { status: 'attached', entityRef: visible[0] }
      : { status: 'hidden' };
  }

  async #candidates(hint: EntityHint): Promise<string[]> {
    const hints = hintsOfEvent(hint);
    const matches = await this.#hints.find(hints);
    const refs = new Set(
      mostSpecific(matches.filter(match => fits(match, hint))),
    );
    const name = hints.find(({ kind }) => kind === 'name');
    if (name) {
      // The first event of a service often comes before a scan has seen it
      const entityRef = stringifyEntityRef({
        kind: 'component',
        namespace: DEFAULT_NAMESPACE,
        name: name.value,
      });
      if (!refs.has(entityRef) && (await this.#exists(entityRef))) {
        refs.add(entityRef);
      }
    }
    return [...refs];
  }

  async #visible(entityRef: string): Promise<boolean> {
    const credentials = this.#credentials;
    if (!credentials) {
      return this.#exists(entityRef);
    }
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return entity !== undefined;
  }

  async #exists(entityRef: string): Promise<boolean> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    return entity !== undefined;
  }
}

function fits(match: HintMatch, hint: EntityHint): boolean {
  return (
    match.detail === undefined ||
    fitsArtifact(JSON.parse(match.detail), parseArtifactId(hint.value))
  );
}

/** `pkg:oci/pay` says more than `pkg:oci`; of other kinds all values asked for are the same. */
function mostSpecific(matches: HintMatch[]): string[] {
  const longest = Math.max(0, ...matches.map(({ value }) => value.length));
  return matches
    .filter(({ value }) => value.length === longest)
    .map(({ entityRef }) => entityRef);
}
