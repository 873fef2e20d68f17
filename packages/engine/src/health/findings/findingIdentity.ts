import type { Finding } from '../../model';
import type { ScanEvent } from '../deliveryEvent';
import { AliasGroups } from './aliasGroups';
import { splitPackageUrl } from './packageUrl';

/** CVE-2024-1, GHSA-jf85-cpcp-j695, RUSTSEC-2020-0001, as opposed to the name of a rule. */
const VULNERABILITY_ID = /^GHSA-|-\d{2,}/i;

/** Scans of different things by one tool do not replace each other. */
export function scanKey({ scan }: ScanEvent): string {
  return JSON.stringify([scan.tool, scan.category]);
}

/** The ids a finding gives of a vulnerability; a rule's name is one only for want of another. */
export function vulnerabilityIds({ ruleId, aliases = [] }: Finding): string[] {
  return ruleId !== undefined &&
    (aliases.length === 0 || VULNERABILITY_ID.test(ruleId))
    ? [ruleId, ...aliases]
    : [...aliases];
}

/** Puts together the ids that any of the scans calls the same. */
export function readAliases(scans: readonly ScanEvent[]): AliasGroups {
  const groups = new AliasGroups();
  const joined = new Set<string>();
  for (const { scan } of scans) {
    for (const finding of scan.findings ?? []) {
      if (finding.aliases?.length) {
        const known = `${finding.ruleId}\n${finding.aliases.join('\n')}`;
        if (!joined.has(known)) {
          joined.add(known);
          groups.join(vulnerabilityIds(finding));
        }
      }
    }
  }
  return groups;
}

/** What makes a finding the same over scans. */
export interface FindingIdentity {
  key: string;
  /** Known by vulnerability and package, which hold over tools, unlike fingerprints. */
  isVulnerability: boolean;
}

/**
 * Tells findings of many scans apart. A vulnerability of a package is known by its alias group and the package, whatever
 * its version: an update that does not mend it makes no new finding. Everything else is known by its fingerprint
 * within one tool and category.
 */
export class FindingIdentities {
  readonly #aliases: AliasGroups;
  /** Scans repeat each other. */
  readonly #known = new Map<string, FindingIdentity>();

  constructor(aliases: AliasGroups) {
    this.#aliases = aliases;
  }

  /**
   * @param tool - the `scanKey` of the scan that has the finding
   */
  of(finding: Finding, tool: string): FindingIdentity {
    const { purl, ruleId, aliases, fingerprint } = finding;
    if (
      purl === undefined ||
      (ruleId === undefined && (aliases ?? []).length === 0)
    ) {
      return { key: `${tool}\n${fingerprint}`, isVulnerability: false };
    }
    const look = `${purl}\n${ruleId}\n${aliases?.join('\n')}`;
    const known = this.#known.get(look);
    if (known) {
      return known;
    }
    const [id] = vulnerabilityIds(finding);
    const identity = {
      key: JSON.stringify([
        this.#aliases.leaderOf(id),
        splitPackageUrl(purl).name,
      ]),
      isVulnerability: true,
    };
    this.#known.set(look, identity);
    return identity;
  }
}
