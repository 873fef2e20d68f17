import type { Finding, VexContent } from '../../model';
import type { VexEvent } from '../deliveryEvent';
import type { AliasGroups } from './aliasGroups';
import { vulnerabilityIds } from './findingIdentity';
import { splitPackageUrl } from './packageUrl';

type Status = VexContent['statements'][number]['status'];

/** With these a vulnerability is no open finding; while it is looked into, it stays one. */
const SETTLED: readonly Status[] = [
  'not_affected',
  'false_positive',
  'resolved',
  'fixed',
];
const EVERY_PRODUCT = '*';

interface Statement {
  status: Status;
  order: number;
  eventId: string;
}

/** What was stated of vulnerabilities; of several statements about the same, the latest counts. */
export class VexLedger {
  readonly #statements = new Map<string, Map<string, Statement>>();
  readonly #aliases: AliasGroups;

  /**
   * @param events - in the order of `orderEvents`
   */
  constructor(events: readonly VexEvent[], aliases: AliasGroups) {
    this.#aliases = aliases;
    let order = 0;
    for (const { id: eventId, vex } of events) {
      for (const { vulnerability, products, status } of vex.statements) {
        order += 1;
        const leader = aliases.leaderOf(vulnerability);
        const byProduct = this.#statements.get(leader) ?? new Map();
        this.#statements.set(leader, byProduct);
        for (const product of products ?? [EVERY_PRODUCT]) {
          byProduct.set(splitPackageUrl(product).versioned, {
            status,
            order,
            eventId,
          });
        }
      }
    }
  }

  /**
   * The id of the event that settles the finding, or `undefined` while it is open. A statement holds for the package
   * of the finding, in the stated version or without one in every version, or for the scanned artifact as a whole.
   */
  settledBy(
    finding: Finding,
    artifactId: string | undefined,
  ): string | undefined {
    if (this.#statements.size === 0) {
      return undefined;
    }
    let latest: Statement | undefined;
    for (const id of vulnerabilityIds(finding)) {
      const byProduct = this.#statements.get(this.#aliases.leaderOf(id));
      if (byProduct) {
        const products = [finding.purl, artifactId]
          .filter(product => product !== undefined)
          .map(splitPackageUrl)
          .flatMap(({ name, versioned }) => [name, versioned]);
        for (const product of [EVERY_PRODUCT, ...products]) {
          const statement = byProduct.get(product);
          if (statement && statement.order > (latest?.order ?? 0)) {
            latest = statement;
          }
        }
      }
    }
    return latest && SETTLED.includes(latest.status)
      ? latest.eventId
      : undefined;
  }
}
