import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  computeHealth,
  driftFacts,
  GateFacts,
  healthFacts,
  HealthReport,
  lastDeployment,
  Scorecard,
  scorecardFacts,
} from '@goldenpath/engine';
import { ScorecardStore } from '../database/ScorecardStore';
import { SnapshotStore } from '../database/SnapshotStore';
import { describeError } from '../service/describeError';
import { EntityAccess } from '../service/EntityAccess';
import { HealthReader } from '../service/HealthReader';
import { readServiceFile } from '../service/readServiceFile';

const MOST_DEPENDENCIES = 50;

type Dependency = NonNullable<GateFacts['dependencies']>[number];

/** @internal */
export interface GateFactsReaderOptions {
  health: Pick<HealthReader, 'load'>;
  /** Downstream health of another entity, as it is kept. */
  healthOf: (entityRef: string, environment: string) => Promise<HealthReport>;
  scorecardsOf: (entityRef: string) => Promise<Scorecard[]>;
  drift: Pick<ScorecardStore, 'drift'>;
  snapshots: Pick<SnapshotStore, 'read'>;
  access: Pick<EntityAccess, 'visible'>;
  logger: LoggerService;
}

/**
 * What a gate decides from, read from what evaluations and events left behind. What cannot be read is left out, and the
 * rules that need it say so; one broken source never spoils the others.
 * @internal
 */
export class GateFactsReader {
  readonly #options: GateFactsReaderOptions;

  constructor(options: GateFactsReaderOptions) {
    this.#options = options;
  }

  async read(options: {
    entity: Entity;
    environment: string;
    now: Date;
    credentials: BackstageCredentials;
  }): Promise<GateFacts> {
    const { entity, environment, now, credentials } = options;
    const entityRef = stringifyEntityRef(entity);
    const [health, scorecards, drift, tier, dependencies] = await Promise.all([
      this.#tried(entityRef, 'health', () =>
        this.#health(entityRef, environment, now),
      ),
      this.#tried(entityRef, 'scorecards', async () =>
        (await this.#options.scorecardsOf(entityRef)).map(scorecardFacts),
      ),
      this.#tried(entityRef, 'drift', async () => {
        const report = await this.#options.drift.drift(entityRef);
        return report && driftFacts(report);
      }),
      this.#tried(entityRef, 'tier', () => this.#tier(entityRef)),
      this.#tried(entityRef, 'dependencies', () =>
        this.#dependencies(entity, environment, credentials),
      ),
    ]);
    return {
      ...health,
      ...(scorecards && { scorecards }),
      ...(drift && { drift }),
      ...(tier !== undefined && { tier }),
      ...(dependencies && { dependencies }),
    };
  }

  async #health(entityRef: string, environment: string, now: Date) {
    const { options } = await this.#options.health.load({
      entityRef,
      environment,
      now,
    });
    const last = lastDeployment(options);
    return {
      ...healthFacts(computeHealth(options)),
      ...(last !== undefined && { lastDeployment: last }),
    };
  }

  async #tier(entityRef: string): Promise<number | undefined> {
    const snapshot = await this.#options.snapshots.read(entityRef);
    const { value } = readServiceFile(snapshot?.serviceFileText);
    const [, digit] =
      /^(?:tier[- ]?)?([1-4])$/i.exec(String(value?.tier ?? '')) ?? [];
    return digit === undefined ? undefined : Number(digit);
  }

  /** One step up the graph. Of what the caller may not see nothing is told, which leaves it unknown. */
  async #dependencies(
    entity: Entity,
    environment: string,
    credentials: BackstageCredentials,
  ): Promise<Dependency[]> {
    const refs = [
      ...new Set(
        (entity.relations ?? [])
          .filter(({ type }) => type === RELATION_DEPENDS_ON)
          .map(({ targetRef }) => targetRef),
      ),
    ].sort();
    const read = refs.slice(0, MOST_DEPENDENCIES);
    const visible = await this.#options.access.visible(read, credentials);
    const found: Dependency[] = [];
    for (const entityRef of refs) {
      found.push(
        visible.has(entityRef)
          ? await this.#dependency(entityRef, environment)
          : {
              ...{ entityRef, remaining: null, status: 'no-data' },
              note: read.includes(entityRef)
                ? 'who asked may not see it'
                : `only ${MOST_DEPENDENCIES} dependencies are asked about`,
            },
      );
    }
    return found;
  }

  async #dependency(
    entityRef: string,
    environment: string,
  ): Promise<Dependency> {
    const report = await this.#tried(entityRef, 'health', () =>
      this.#options.healthOf(entityRef, environment),
    );
    const budget = report?.metrics.errorBudget;
    const known = (budget?.objectives ?? [])
      .flatMap(({ status, remaining, measuredAt }) =>
        status === 'ok' && remaining !== null
          ? [{ remaining, measuredAt }]
          : [],
      )
      .sort((a, b) => a.remaining - b.remaining);
    const isWhole = known.length === budget?.objectives?.length;
    return {
      entityRef,
      remaining: known[0]?.remaining ?? null,
      status: budget && isWhole ? budget.status : budgetStatus(budget),
      ...(known[0] && { measuredAt: known[0].measuredAt }),
      ...(budget?.note !== undefined && { note: budget.note }),
    };
  }

  async #tried<T>(
    entityRef: string,
    what: string,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.#options.logger.warn(
        `The gate does not know the ${what} of ${entityRef}: ${describeError(
          error,
        )}`,
      );
      return undefined;
    }
  }
}

/** Of a budget of which some objective is not known. */
function budgetStatus(
  budget: HealthReport['metrics']['errorBudget'] | undefined,
): Dependency['status'] {
  return !budget || budget.status === 'ok' ? 'no-data' : budget.status;
}
