import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  HealthRollup,
  HealthRollupsResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { PoolableHealth, poolHealth } from '@goldenpath/engine';
import { AnomalyStore } from '../database/AnomalyStore';
import { HealthReportStore } from '../database/HealthReportStore';
import { EntityAccess } from '../service/EntityAccess';

const DAY_MS = 86_400_000;

/** Downstream health of the entities of an owner or a system, as if they were one. @internal */
export class HealthRollups {
  readonly #options: {
    reports: HealthReportStore;
    anomalies: AnomalyStore;
    access: EntityAccess;
    environment: string;
    windowDays: number;
    now?: () => Date;
  };

  constructor(options: {
    reports: HealthReportStore;
    anomalies: AnomalyStore;
    access: EntityAccess;
    /** When a request names none. */
    environment: string;
    windowDays: number;
    now?: () => Date;
  }) {
    this.#options = options;
  }

  /** Groups of the entities the caller may see, by name; entities without an owner or system come last. */
  async read(
    query: { groupBy: 'owner' | 'system'; environment?: string },
    credentials: BackstageCredentials,
  ): Promise<HealthRollupsResponse> {
    const { environment = this.#options.environment } = query;
    const window = this.#window();
    const groups = await this.#groups(query.groupBy, environment, credentials);
    const anomalies = await this.#options.anomalies.counts(environment);
    const rollups = [...groups].map(([group, members]): HealthRollup => {
      const { metrics, entities, instrumented } = poolHealth(
        // Each was computed when its last event came; the window is the same length for all
        members.map(member => ({ ...member, window })),
      );
      const worse = members.filter(member => anomalies.has(member.entityRef));
      return {
        group,
        entities,
        instrumented,
        metrics,
        anomalies: worse.length,
      };
    });
    return { environment, window, groups: rollups.sort(byName) };
  }

  async #groups(
    groupBy: 'owner' | 'system',
    environment: string,
    credentials: BackstageCredentials,
  ): Promise<Map<string | null, PoolableHealth[]>> {
    const { reports, access } = this.#options;
    const groups = new Map<string | null, PoolableHealth[]>();
    for await (const batch of reports.pools(environment)) {
      const rows = batch.map(row => ({ ...row, entity_ref: row.entityRef }));
      for (const row of await access.onlyVisible(rows, credentials)) {
        const members = groups.get(row[groupBy]) ?? [];
        members.push(JSON.parse(row.pool));
        groups.set(row[groupBy], members);
      }
    }
    return groups;
  }

  #window() {
    const { windowDays, now = () => new Date() } = this.#options;
    const to = now();
    const from = new Date(to.getTime() - windowDays * DAY_MS);
    return { from: from.toISOString(), to: to.toISOString() };
  }
}

function byName(a: HealthRollup, b: HealthRollup): number {
  if (a.group === null || b.group === null) {
    return Number(a.group === null) - Number(b.group === null);
  }
  return a.group < b.group ? -1 : 1;
}
