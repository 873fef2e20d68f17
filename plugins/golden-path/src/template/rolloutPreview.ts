import type {
  Adopter,
  AdoptionResponse,
  WaveRule,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { countText } from '../format/count';

/** As the backend does it: at least one service in each wave, as long as there are any. */
const SHARES = [0.05, 0.25, 1];

/** What a roll-out is expected to do. */
export interface RolloutPreview {
  version: string;
  /** Layers that are not up to date: one request each. */
  behind: Adopter[];
  /** Services in each wave; `undefined` where only the backend knows. */
  waves: number[] | undefined;
  /** What a request is called, such as `pull request`. */
  noun: string;
}

/** A service whose layers are of the same template twice is in one wave with both. */
function ownersOf(behind: Adopter[]): (string | null)[] {
  const services = new Map(
    behind.map(({ entityRef, owner }) => [entityRef, owner]),
  );
  return [...services.values()];
}

function sizesOf(rule: WaveRule, behind: Adopter[]): number[] | undefined {
  const owners = ownersOf(behind);
  const total = owners.length;
  switch (rule) {
    case 'all':
      return [total];
    case 'share': {
      let start = 0;
      const sizes = SHARES.map(share => {
        const end = Math.min(
          Math.max(Math.ceil(total * share), start + 1),
          total,
        );
        const size = end - start;
        start = end;
        return size;
      });
      return sizes.filter(size => size > 0);
    }
    case 'owner': {
      const counts = new Map<string | null, number>();
      for (const owner of owners) {
        counts.set(owner, (counts.get(owner) ?? 0) + 1);
      }
      // Nobody merges for those without an owner: they come last
      const last = counts.get(null);
      counts.delete(null);
      return [
        ...[...counts.values()].sort((one, other) => one - other),
        ...(last === undefined ? [] : [last]),
      ];
    }
    default:
      return undefined;
  }
}

function nounOf(adopters: Adopter[]): string {
  const nouns = new Set(
    adopters.flatMap(({ update }) => (update ? [update.noun] : [])),
  );
  return nouns.size === 1 ? [...nouns][0] : 'pull request';
}

/** What a roll-out of the newest version would do; `undefined` when that version is not known. */
export function previewRollout(
  adoption: AdoptionResponse,
  rule: WaveRule,
): RolloutPreview | undefined {
  if (adoption.newestVersion === null) {
    return undefined;
  }
  const behind = adoption.items.filter(({ upToDate }) => !upToDate);
  return {
    version: adoption.newestVersion,
    behind,
    waves: sizesOf(rule, behind),
    noun: nounOf(adoption.items),
  };
}

/** `Opens up to 226 pull requests in 3 waves.` */
export function previewText(preview: RolloutPreview): string {
  const { behind, waves, noun } = preview;
  const requests = `Opens up to ${countText(behind.length, noun)}`;
  return waves === undefined
    ? `${requests}, in a wave for each tier.`
    : `${requests} in ${countText(waves.length, 'wave')}.`;
}
