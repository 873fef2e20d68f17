import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Anomaly,
  AnomalyGroup,
  CandidateDeployment,
  computeTimeline,
  DependencyEdge,
  groupAnomalies,
} from '@goldenpath/engine';
import { AnomalyStore, EntityAnomaly } from '../database/AnomalyStore';
import { Notifier } from '../notifications/Notifier';
import { describeError } from '../service/describeError';
import { HealthReader } from '../service/HealthReader';

/** Anomalies that are looked at together; what is left over waits for the next time. */
const MOST_AT_ONCE = 200;
/** How far back a deployment may be behind an anomaly. */
const BACK_DAYS = 14;
const DAY_MS = 86_400_000;

/** @internal */
export interface AnomalyServiceOptions {
  anomalies: AnomalyStore;
  reader: HealthReader;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  notifier: Pick<Notifier, 'anomalies'>;
  attributionWindowHours: number;
  /** Computes the health of an entity anew. */
  refresh(entityRef: string, environment: string): Promise<unknown>;
  now?: () => Date;
}

/** Anomalies of entities: what people said of them, and who is told. @internal */
export class AnomalyService {
  readonly #options: AnomalyServiceOptions;
  readonly #now: () => Date;

  constructor(options: AnomalyServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Takes a step as the new normal: the baseline of its metric starts anew. */
  async acknowledge(options: {
    entityRef: string;
    id: string;
    by: string;
    reason: string;
  }): Promise<Anomaly> {
    const { anomalies, refresh } = this.#options;
    const now = this.#now();
    const acknowledged = await anomalies.acknowledge({ ...options, now });
    await refresh(options.entityRef, acknowledged.environment);
    return acknowledged.anomaly;
  }

  /**
   * Tells owners of what is new: signals of an entity and of what it depends on become one notification, with the change
   * that is probably behind it. What cannot be told now is told the next time.
   */
  async tell(): Promise<void> {
    const { anomalies, notifier, logger } = this.#options;
    const untold = await anomalies.untold(MOST_AT_ONCE);
    if (untold.length === 0) {
      return;
    }
    try {
      for (const group of await this.#groups(untold)) {
        await notifier.anomalies(group);
      }
      await anomalies.told(untold, this.#now());
    } catch (error) {
      logger.warn(
        `Anomalies were not told of, and will be: ${describeError(error)}`,
      );
    }
  }

  async #groups(untold: EntityAnomaly[]): Promise<AnomalyGroup[]> {
    const byEntity: Record<string, Anomaly[]> = {};
    for (const { entityRef, anomaly } of untold) {
      (byEntity[entityRef] ??= []).push(anomaly);
    }
    const dependencies = await this.#dependencies(Object.keys(byEntity));
    const places = new Map(
      untold.flatMap(({ entityRef, environment }) =>
        [
          entityRef,
          ...dependencies
            .filter(edge => edge.from === entityRef)
            .map(edge => edge.to),
        ].map(ref => [`${ref} ${environment}`, { ref, environment }] as const),
      ),
    );
    const deployments: CandidateDeployment[] = [];
    for (const { ref, environment } of places.values()) {
      deployments.push(...(await this.#deployments(ref, environment)));
    }
    return groupAnomalies({
      anomalies: byEntity,
      dependencies,
      deployments,
      attributionWindowHours: this.#options.attributionWindowHours,
    });
  }

  /** One step along the dependencies of the catalog. */
  async #dependencies(entityRefs: string[]): Promise<DependencyEdge[]> {
    const { catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['relations'] },
      { credentials },
    );
    return items.flatMap((entity, index) =>
      (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_DEPENDS_ON)
        .map(({ targetRef }) => ({
          from: entityRefs[index],
          to: targetRef,
        })),
    );
  }

  async #deployments(
    entityRef: string,
    environment: string,
  ): Promise<CandidateDeployment[]> {
    const now = this.#now();
    const { options } = await this.#options.reader.load({
      entityRef,
      environment,
      from: new Date(now.getTime() - BACK_DAYS * DAY_MS),
      to: now,
      now,
    });
    return computeTimeline(options).flatMap(({ kind, deploymentId, at, sha }) =>
      kind === 'deployment' && deploymentId !== undefined
        ? [{ entityRef, deploymentId, finishedAt: at, sha }]
        : [],
    );
  }
}
