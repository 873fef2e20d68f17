import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  DeliveryEvent,
  EntityHint,
  resolveEntityHints,
} from '@goldenpath/engine';
import { HintMatch, HintStore } from '../database/HintStore';
import { fitsArtifact, parseArtifactId } from './artifactIds';
import { CatalogVisibility } from './CatalogVisibility';
import { hintsOfEvent } from './entityHints';
import { entityRefSchema } from './entityRefSchema';
import { folderInRepository, touchedFolders } from './repositoryFolders';
import { repositoryAddress } from './repositoryIds';

/**
 * The entities an event belongs to; more than one only when it touches the folders of several in one repository.
 *
 * `attached`: they are in the catalog and the sender may see them. `expected`: the event names an entity outright, and
 * the catalog has not read it yet. `ambiguous`: what the event says leads to several, and it does not say which.
 * `hidden`: it leads to what the sender may not see; never to be told apart from `unknown`, where it leads to nothing.
 * @internal
 */
export type EventEntity =
  | { status: 'attached' | 'expected'; entityRefs: string[] }
  | { status: 'ambiguous' | 'hidden' | 'unknown' };

/**
 * Who asks: a principal with its view of the catalog; `backend`, which sees all of it; or `hints`, which asks what
 * scans have seen and leaves the catalog alone.
 * @internal
 */
export type ResolveAs = BackstageCredentials | 'backend' | 'hints';

interface Candidate {
  entityRef: string;
  /** Of its files in the repository; only where the hint is a repository. */
  folder?: string;
}

/** What the hints of one round lead to, and which of that is there and may be seen. */
interface Round {
  candidates: Map<string, Candidate[]>;
  exists: Set<string>;
  visible: Set<string>;
}

/**
 * Finds the entities delivery events belong to: the one an event names, else the one that goes by its service id, ships
 * its artifact or has its files in its repository. Of several in one repository the files that a change touches tell
 * which are meant.
 *
 * @remarks
 * Of several candidates that nothing tells apart none is taken: guessing one would credit it with the others'
 * deployments. What a weaker hint says is asked only where the stronger ones led to no single visible entity. However
 * many events there are, each round of hints takes one statement and one request to the catalog.
 * @internal
 */
export class EventEntityResolver {
  readonly #visibility: CatalogVisibility;
  readonly #hints: Pick<HintStore, 'find' | 'seen'>;

  constructor(options: {
    visibility: CatalogVisibility;
    hints: Pick<HintStore, 'find' | 'seen'>;
  }) {
    this.#visibility = options.visibility;
    this.#hints = options.hints;
  }

  /** The entities of each event, in the order of the events. */
  async resolve(
    events: readonly DeliveryEvent[],
    as: ResolveAs,
  ): Promise<EventEntity[]> {
    const found: (EventEntity | undefined)[] = events.map(() => undefined);
    const statuses = events.map(() => new Set<EventEntity['status']>());
    const hintsOfEach = events.map(resolveEntityHints);
    const rounds = Math.max(0, ...hintsOfEach.map(({ length }) => length));
    for (let round = 0; round < rounds; round++) {
      const open = events.flatMap((_, index) =>
        found[index] === undefined && hintsOfEach[index][round] ? [index] : [],
      );
      const asked = new Map(
        open.map(index => {
          const hint = hintsOfEach[index][round];
          return [keyOf(hint), hint];
        }),
      );
      const known = await this.#ask(asked, as);
      for (const index of open) {
        const entity = choose(
          hintsOfEach[index][round],
          known,
          events[index].paths,
        );
        if (entity.status === 'attached' || entity.status === 'expected') {
          found[index] = entity;
        }
        statuses[index].add(entity.status);
      }
    }
    return found.map(
      (entity, index) =>
        entity ?? {
          status:
            (['ambiguous', 'hidden'] as const).find(status =>
              statuses[index].has(status),
            ) ?? 'unknown',
        },
    );
  }

  /**
   * The entities that some names mean, such as tags of a bill: a full reference, a service id or the name of a
   * component. What nobody may see, or what several go by, is left out.
   */
  async named(
    names: Iterable<string>,
    as: ResolveAs,
  ): Promise<Map<string, string>> {
    const hints = new Map(
      [...new Set(names)].map(name => [name, hintOfName(name)]),
    );
    const known = await this.#ask(
      new Map([...hints.values()].map(hint => [keyOf(hint), hint])),
      as,
    );
    const found = new Map<string, string>();
    for (const [name, hint] of hints) {
      const entity = choose(hint, known);
      if (entity.status === 'attached') {
        found.set(name, entity.entityRefs[0]);
      }
    }
    return found;
  }

  async #ask(asked: Map<string, EntityHint>, as: ResolveAs): Promise<Round> {
    const weak = [...asked].filter(([, { kind }]) => kind !== 'entityRef');
    const stored = new Map(
      weak.map(([key, hint]) => [key, hintsOfEvent(hint)]),
    );
    const matches = await this.#hints.find([...stored.values()].flat());
    const byHint = groupByHint(matches);
    const candidates = new Map<string, Candidate[]>();
    for (const [key, hint] of asked) {
      candidates.set(
        key,
        hint.kind === 'entityRef'
          ? [{ entityRef: hint.value }]
          : candidatesOf(hint, stored.get(key)!, byHint),
      );
    }
    const refs = new Set(
      [...candidates.values()].flat().map(({ entityRef }) => entityRef),
    );
    if (as === 'hints') {
      const seen = await this.#hints.seen([...refs]);
      return { candidates, exists: seen, visible: seen };
    }
    const visible =
      as === 'backend'
        ? await this.#visibility.existing(refs)
        : await this.#visibility.visible(refs, as);
    // What the sender sees is there; of the rest it makes a difference whether it is
    const others = [...refs].filter(ref => !visible.has(ref));
    const existing =
      as === 'backend' || others.length === 0
        ? new Set<string>()
        : await this.#visibility.existing(others);
    return { candidates, exists: new Set([...visible, ...existing]), visible };
  }
}

function choose(
  hint: EntityHint,
  { candidates, exists, visible }: Round,
  paths?: readonly string[],
): EventEntity {
  const all = candidates.get(keyOf(hint)) ?? [];
  if (hint.kind === 'entityRef') {
    const entityRefs = [hint.value];
    if (visible.has(hint.value)) {
      return { status: 'attached', entityRefs };
    }
    return exists.has(hint.value)
      ? { status: 'hidden' }
      : { status: 'expected', entityRefs };
  }
  const there = all.filter(({ entityRef }) => exists.has(entityRef));
  const meant =
    hint.kind === 'repository' && paths !== undefined && paths.length > 0
      ? touched(there, paths)
      : undefined;
  const entities = meant ?? there;
  if (entities.length === 0) {
    return { status: 'unknown' };
  }
  const seen = entities
    .map(({ entityRef }) => entityRef)
    .filter(ref => visible.has(ref));
  if (seen.length === 0) {
    return { status: 'hidden' };
  }
  if (meant === undefined && entities.length > 1) {
    return { status: seen.length > 1 ? 'ambiguous' : 'hidden' };
  }
  return { status: 'attached', entityRefs: seen.sort() };
}

function touched(
  candidates: Candidate[],
  paths: readonly string[],
): Candidate[] {
  const folders = touchedFolders(
    candidates.map(({ folder }) => folder ?? ''),
    paths,
  );
  return candidates.filter(({ folder }) => folders.has(folder ?? ''));
}

/** The entities a hint leads to; an entity once, with the narrowest folder it is known by. */
function candidatesOf(
  hint: EntityHint,
  stored: ReturnType<typeof hintsOfEvent>,
  byHint: Map<string, HintMatch[]>,
): Candidate[] {
  const matches = stored
    .flatMap(({ kind, value }) => byHint.get(`${kind} ${value}`) ?? [])
    .filter(match => fits(match, hint));
  const found = new Map<string, Candidate>();
  for (const match of mostSpecific(matches)) {
    found.set(match.entityRef, {
      entityRef: match.entityRef,
      folder: hint.kind === 'repository' ? folderOf(match) : undefined,
    });
  }
  const name = stored.find(({ kind }) => kind === 'name');
  if (name) {
    // The first event of a service often comes before a scan has seen it
    const entityRef = stringifyEntityRef({
      kind: 'component',
      namespace: DEFAULT_NAMESPACE,
      name: name.value,
    });
    found.set(entityRef, found.get(entityRef) ?? { entityRef });
  }
  return [...found.values()];
}

function folderOf({ kind, value, sourceUrl }: HintMatch): string | undefined {
  const address = sourceUrl && repositoryAddress(sourceUrl);
  if (!address) {
    return undefined;
  }
  if (kind !== 'slug') {
    return folderInRepository(sourceUrl, value);
  }
  const at = address.indexOf(`/${value}`);
  return at < 0
    ? undefined
    : folderInRepository(sourceUrl, address.slice(0, at + value.length + 1));
}

function fits(match: HintMatch, hint: EntityHint): boolean {
  return (
    match.detail === undefined ||
    fitsArtifact(JSON.parse(match.detail), parseArtifactId(hint.value))
  );
}

/** `pkg:oci/pay` says more than `pkg:oci`; of other kinds all values asked for are the same. */
function mostSpecific(matches: HintMatch[]): HintMatch[] {
  const longest = Math.max(0, ...matches.map(({ value }) => value.length));
  return matches.filter(({ value }) => value.length === longest);
}

function groupByHint(matches: HintMatch[]): Map<string, HintMatch[]> {
  const groups = new Map<string, HintMatch[]>();
  for (const match of matches) {
    const key = `${match.kind} ${match.value}`;
    const group = groups.get(key);
    if (group) {
      group.push(match);
    } else {
      groups.set(key, [match]);
    }
  }
  return groups;
}

function hintOfName(name: string): EntityHint {
  const reference = entityRefSchema.safeParse(name);
  return name.includes(':') && reference.success
    ? { kind: 'entityRef', value: reference.data }
    : { kind: 'service', value: name };
}

function keyOf({ kind, source, value }: EntityHint): string {
  return JSON.stringify([kind, source, value]);
}
