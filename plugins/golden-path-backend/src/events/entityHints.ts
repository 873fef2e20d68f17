import { Entity } from '@backstage/catalog-model';
import {
  ARTIFACT_ANNOTATION,
  SERVICE_ID_ANNOTATION,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { EntityHint } from '@goldenpath/engine';
import { parseArtifactId, artifactPrefixes } from './artifactIds';
import {
  addressPrefixes,
  eventRepositoryAddress,
  repositoryAddress,
} from './repositoryIds';

/** What an entity and an event have in common when they belong together. @internal */
export interface StoredHint {
  kind: 'service-id' | 'name' | 'artifact' | 'repository' | 'slug';
  value: string;
  /** Of an artifact: its version and qualifiers as JSON, when the annotation has any. */
  detail?: string;
}

/** Annotations with the repository of an entity as its forge names it. */
const SLUG_HOSTS = ['github.com', 'gitlab.com', 'bitbucket.org'];

/** The annotations that {@link hintsOfEntity} reads. @internal */
export const HINT_ANNOTATIONS = [
  SERVICE_ID_ANNOTATION,
  ARTIFACT_ANNOTATION,
  ...SLUG_HOSTS.map(slugAnnotation),
];

const ENTITY_NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const MOST_HINTS = 100;
// What is longer does not fit into an index of PostgreSQL
const LONGEST_BYTES = 1000;

/** Everything by which a delivery event may mean this entity. @internal */
export function hintsOfEntity(
  entity: Entity,
  sourceUrl: string | undefined,
): StoredHint[] {
  const annotations = entity.metadata.annotations ?? {};
  const serviceId = annotations[SERVICE_ID_ANNOTATION]?.trim();
  const hints: StoredHint[] = [];
  if (lower(entity.kind) === 'component') {
    hints.push({ kind: 'name', value: lower(entity.metadata.name) });
  }
  if (serviceId) {
    hints.push({ kind: 'service-id', value: serviceId });
  }
  for (const id of (annotations[ARTIFACT_ANNOTATION] ?? '').split(',')) {
    hints.push(...artifactHint(id.trim()));
  }
  const addresses = sourceUrl ? [repositoryAddress(sourceUrl)] : [];
  for (const host of SLUG_HOSTS) {
    const slug = annotations[slugAnnotation(host)]?.trim();
    if (slug) {
      hints.push({ kind: 'slug', value: lower(slug) });
      addresses.push(repositoryAddress(`https://${host}/${slug}`));
    }
  }
  const repositories = addresses.flatMap(address =>
    address ? addressPrefixes(address) : [],
  );
  for (const value of new Set(repositories)) {
    hints.push({ kind: 'repository', value });
  }
  return hints.filter(isShort).slice(0, MOST_HINTS);
}

/** What to look an event's entity up by, for one thing the event says. @internal */
export function hintsOfEvent(hint: EntityHint): StoredHint[] {
  return hintsOf(hint).filter(isShort).slice(0, MOST_HINTS);
}

function hintsOf(hint: EntityHint): StoredHint[] {
  switch (hint.kind) {
    case 'service':
      return [
        { kind: 'service-id', value: hint.value },
        ...(ENTITY_NAME.test(hint.value)
          ? [{ kind: 'name' as const, value: lower(hint.value) }]
          : []),
      ];
    case 'artifact':
      return artifactPrefixes(parseArtifactId(hint.value).base).map(value => ({
        kind: 'artifact',
        value,
      }));
    case 'repository':
      return repositoryHints(hint);
    default:
      return [];
  }
}

function repositoryHints(hint: EntityHint): StoredHint[] {
  const address = eventRepositoryAddress(hint);
  if (address !== undefined) {
    return [{ kind: 'repository', value: address }];
  }
  // A name alone may be that of many repositories
  return hint.value.includes('/')
    ? [{ kind: 'slug', value: lower(hint.value) }]
    : [];
}

function artifactHint(id: string): StoredHint[] {
  const { base, version, qualifiers } = parseArtifactId(
    id.replace(/[/*]+$/, ''),
  );
  if (base === '') {
    return [];
  }
  const needsMore = version !== undefined || Object.keys(qualifiers).length > 0;
  return [
    {
      kind: 'artifact',
      value: base,
      ...(needsMore && { detail: JSON.stringify({ version, qualifiers }) }),
    },
  ];
}

function slugAnnotation(host: string): string {
  return `${host}/project-slug`;
}

/** Half of a character, which no database keeps. @internal */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en-US');
}

function isShort({ value }: StoredHint): boolean {
  return (
    Buffer.byteLength(value) <= LONGEST_BYTES &&
    !value.includes('\0') &&
    isWellFormed(value)
  );
}
