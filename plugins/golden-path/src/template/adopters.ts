import type { Adopter } from '@goldenpath/backstage-plugin-golden-path-common';
import { entityName } from '../format/entityName';

/** What a service of a template can be picked by. */
export type Standing =
  | 'current'
  | 'behind'
  | 'drifted'
  | 'conflicts'
  | 'update'
  | 'unknown';

/** In the order in which they are told. */
export const STANDINGS: { value: Standing; label: string }[] = [
  { value: 'current', label: 'Up to date' },
  { value: 'behind', label: 'Behind' },
  { value: 'conflicts', label: 'With conflicts' },
  { value: 'drifted', label: 'Drifted' },
  { value: 'update', label: 'With an open update' },
  { value: 'unknown', label: 'With unknown progress' },
];

/** States in which an update is on its way. */
const UNDER_WAY = ['queued', 'working', 'open'];

/** Whether a service stands so; without a known newest version none is up to date, and none is behind. */
export function standsSo(
  adopter: Adopter,
  standing: Standing,
  newestKnown: boolean,
): boolean {
  switch (standing) {
    case 'current':
      return newestKnown && adopter.upToDate;
    case 'behind':
      return newestKnown && !adopter.upToDate;
    case 'drifted':
      return adopter.drifted > 0;
    case 'conflicts':
      return (adopter.conflicts ?? 0) > 0;
    case 'update':
      return (
        adopter.update !== undefined && UNDER_WAY.includes(adopter.update.state)
      );
    default:
      return adopter.migrated === null && !(newestKnown && adopter.upToDate);
  }
}

/** What the list of services is narrowed to. */
export interface AdopterFilter {
  version: string;
  standing: string;
  text: string;
}

/** The services that a filter keeps. Text is looked for in the name, the title and the owner. */
export function filterAdopters(
  adopters: Adopter[],
  filter: AdopterFilter,
  newestKnown: boolean,
): Adopter[] {
  const text = filter.text.toLocaleLowerCase('en-GB');
  const standing = STANDINGS.find(({ value }) => value === filter.standing);
  return adopters.filter(
    adopter =>
      (filter.version === '' || adopter.version === filter.version) &&
      (!standing || standsSo(adopter, standing.value, newestKnown)) &&
      [adopter.entityRef, adopter.title ?? '', adopter.owner ?? ''].some(
        words => words.toLocaleLowerCase('en-GB').includes(text),
      ),
  );
}

/** What the services can be in the order of. */
export type AdopterOrder =
  | 'service'
  | 'owner'
  | 'version'
  | 'standing'
  | 'migrated'
  | 'compared';

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en-GB', { numeric: true });
}

/** Newer versions have higher numbers; numbers are compared as numbers. */
export function compareVersions(a: string, b: string): number {
  const [coreA, ...beforeA] = a.split('-');
  const [coreB, ...beforeB] = b.split('-');
  return (
    byNumbers(coreA, coreB) ||
    // A version goes after its own release candidates
    Number(beforeA.length === 0) - Number(beforeB.length === 0) ||
    byNumbers(beforeA.join('-'), beforeB.join('-'))
  );
}

const COMPARE: Record<AdopterOrder, (a: Adopter, b: Adopter) => number> = {
  service: (a, b) =>
    entityName(a.entityRef).localeCompare(entityName(b.entityRef)),
  owner: (a, b) => (a.owner ?? '').localeCompare(b.owner ?? ''),
  version: (a, b) => compareVersions(a.version, b.version),
  standing: (a, b) =>
    Number(b.upToDate) - Number(a.upToDate) ||
    (a.conflicts ?? 0) - (b.conflicts ?? 0) ||
    a.drifted - b.drifted,
  migrated: (a, b) => (a.migrated ?? 0) - (b.migrated ?? 0),
  compared: (a, b) => a.observedAt.localeCompare(b.observedAt),
};

/** Services in an order. Those whose share is not known stand last, whichever way. */
export function sortAdopters(
  adopters: Adopter[],
  by: AdopterOrder,
  order: 'asc' | 'desc',
): Adopter[] {
  const sign = order === 'asc' ? 1 : -1;
  const unknown = ({ migrated }: Adopter) =>
    Number(by === 'migrated' && migrated === null);
  return [...adopters].sort(
    (a, b) =>
      unknown(a) - unknown(b) ||
      sign * COMPARE[by](a, b) ||
      COMPARE.service(a, b),
  );
}
