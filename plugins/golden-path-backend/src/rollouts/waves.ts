import { createHash } from 'node:crypto';
import { WaveRule } from '@goldenpath/backstage-plugin-golden-path-common';
import { groupBy } from './groupBy';

/** What the rules look at. @internal */
export interface WaveService {
  entityRef: string;
  /** Full reference. */
  owner: string | null;
  /** As `golden-path.yaml` says it: 1 is the most critical. */
  tier?: number | string;
}

/** Services that are updated together. @internal */
export interface Wave<T extends WaveService = WaveService> {
  name: string;
  services: T[];
}

const SHARES = [0.05, 0.25, 1];
const MOST_CRITICAL = 1;

/**
 * Puts services into waves; every service is in one of them, and no wave is empty. The order within a wave is that of the
 * entity references. The same services are put into the same waves every time.
 *
 * @remarks
 * `owner`: the owner with the fewest services first, then by name; services without an owner come last, since there is
 * nobody to merge their requests. `tier`: the highest number, the least critical, first; services whose tier is not known
 * come right before tier 1: nothing says that they are uncritical, and tier 1 is known to be the most critical. `share`:
 * 5 % of the services, then up to 25 %, then all, at least one in each, spread over names and owners by a digest.
 * @internal
 */
export function planWaves<T extends WaveService>(
  rule: WaveRule,
  services: readonly T[],
): Wave<T>[] {
  const sorted = [...services].sort(byText(service => service.entityRef));
  switch (rule) {
    case 'owner':
      return ownerWaves(sorted);
    case 'tier':
      return tierWaves(sorted);
    case 'share':
      return shareWaves(sorted);
    default:
      return nonEmpty([{ name: 'All services', services: sorted }]);
  }
}

function ownerWaves<T extends WaveService>(services: T[]): Wave<T>[] {
  const groups = groupBy(services, ({ owner }) => owner);
  return [...groups]
    .sort(
      ([a, ofA], [b, ofB]) =>
        Number(a === null) - Number(b === null) ||
        ofA.length - ofB.length ||
        compare(a ?? '', b ?? ''),
    )
    .map(([owner, own]) => ({ name: owner ?? 'No owner', services: own }));
}

function tierWaves<T extends WaveService>(services: T[]): Wave<T>[] {
  // Between tier 2 and tier 1
  const rankOf = (tier: number | undefined) => tier ?? MOST_CRITICAL + 0.5;
  const groups = groupBy(services, ({ tier }) => tierNumber(tier));
  return [...groups]
    .sort(([a], [b]) => rankOf(b) - rankOf(a))
    .map(([tier, own]) => ({
      name: tier === undefined ? 'Tier unknown' : `Tier ${tier}`,
      services: own,
    }));
}

function shareWaves<T extends WaveService>(services: T[]): Wave<T>[] {
  const spread = [...services].sort(byText(service => spot(service)));
  let start = 0;
  const waves = SHARES.map(share => {
    const end = Math.min(
      Math.max(Math.ceil(spread.length * share), start + 1),
      spread.length,
    );
    const own = spread.slice(start, end);
    start = end;
    return {
      name: share === 1 ? 'All' : `${share * 100} %`,
      services: own.sort(byText(service => service.entityRef)),
    };
  });
  return nonEmpty(waves);
}

function tierNumber(tier: number | string | undefined): number | undefined {
  const number = typeof tier === 'string' ? Number(tier.trim() || NaN) : tier;
  return number !== undefined && Number.isInteger(number) ? number : undefined;
}

function spot({ entityRef }: WaveService): string {
  return createHash('sha256').update(entityRef).digest('hex');
}

function nonEmpty<T extends WaveService>(waves: Wave<T>[]): Wave<T>[] {
  return waves.filter(({ services }) => services.length > 0);
}

function byText<T>(textOf: (value: T) => string) {
  return (a: T, b: T) => compare(textOf(a), textOf(b));
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
