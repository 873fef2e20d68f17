import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { HumanDuration } from '@backstage/types';
import { FactCollector } from '@goldenpath/backstage-plugin-golden-path-node';
import { DriftReport, Scorecard, scorePath, Waiver } from '@goldenpath/engine';
import { Duration } from 'luxon';
import { ownerOf } from '../collectors/CatalogCollector';
import { EntityStore } from '../database/EntityStore';
import { EvaluationStore } from '../database/EvaluationStore';
import { FactStore, StoredFact } from '../database/FactStore';
import { ScorecardStore } from '../database/ScorecardStore';
import { RepositorySnapshot, SnapshotStore } from '../database/SnapshotStore';
import { computeDrift } from '../drift/computeDrift';
import { driftFact } from '../drift/driftFact';
import { TemplateReader } from '../drift/TemplateReader';
import { LoadedPath } from '../paths/loadPaths';
import { PathRegistry } from '../paths/PathRegistry';
import { ClaimedWork } from '../work/WorkQueue';
import { collectFacts } from './collectFacts';
import { describeError } from './describeError';
import { readServiceFile, ServiceFileReading } from './readServiceFile';
import { scorecardChanges } from './scorecardChanges';
import { seenEntity } from './seenEntity';

/** @internal */
export interface EntityEvaluatorOptions {
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  paths: PathRegistry;
  /** All but `drift`, which needs the outcome of the others. */
  collectors: FactCollector[];
  templates: TemplateReader;
  entities: EntityStore;
  facts: FactStore;
  snapshots: SnapshotStore;
  scorecards: ScorecardStore;
  evaluations: EvaluationStore;
  driftTtl: HumanDuration;
  now?: () => Date;
}

/**
 * Evaluates one entity: collect its facts, compare it with its templates, score it against every path that covers it,
 * and replace what is stored, all in one transaction.
 *
 * @remarks
 * Only what makes the whole evaluation impossible is thrown, to be tried again: the catalog or the database being down.
 * A collector, template, service file or path that is broken shows in its own place and leaves the rest standing.
 * @internal
 */
export class EntityEvaluator {
  readonly #options: EntityEvaluatorOptions;
  readonly #now: () => Date;

  constructor(options: EntityEvaluatorOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  async evaluate(
    work: Pick<ClaimedWork, 'entityRef' | 'reasons'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { catalog, auth, paths, evaluations } = this.#options;
    const { entityRef } = work;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    const covering = entity ? paths.covering(entity) : [];
    if (!entity || covering.length === 0) {
      await evaluations.clear(entityRef);
      return;
    }
    const now = this.#now();
    // A page asked for may be evaluated before any scan; a push right after it must find the entity
    await this.#options.entities.meet(seenEntity(entity), {
      pathsDigest: paths.current().digest,
      seenAt: now,
    });
    const facts = await collectFacts({
      entity,
      collectors: this.#options.collectors,
      stored: await this.#options.facts.read(entityRef),
      reasons: work.reasons,
      now,
      signal,
    });
    await this.#judge({ entityRef, entity, covering, facts, now, signal });
  }

  async #judge(options: {
    entityRef: string;
    entity: Entity;
    covering: LoadedPath[];
    facts: StoredFact[];
    now: Date;
    signal: AbortSignal;
  }): Promise<void> {
    const { entityRef, entity, covering, now, signal } = options;
    const snapshot = await this.#options.snapshots.read(entityRef);
    const serviceFile = readServiceFile(snapshot?.serviceFileText);
    const facts = withServiceFileProblem(options.facts, serviceFile);
    const { drift, templates } = await this.#drift(
      entityRef,
      facts,
      snapshot,
      serviceFile,
      now,
    );
    facts.push(this.#driftFact(drift, facts, now));
    const scorecards = this.#score(entityRef, covering, facts, {
      waivers: serviceFile.value?.waivers ?? [],
      now,
    });
    const before = new Map(
      (await this.#options.scorecards.scorecards(entityRef)).map(scorecard => [
        scorecard.path.name,
        scorecard,
      ]),
    );
    // Given up by its worker: another may have written something newer by now
    signal.throwIfAborted();
    await this.#options.evaluations.write({
      entityRef,
      at: now,
      owner: ownerOf(entity),
      facts,
      scorecards,
      changes: scorecards.flatMap(scorecard => {
        const changes = scorecardChanges({
          before: before.get(scorecard.path.name),
          after: scorecard,
        });
        return changes ? [{ scorecard, changes }] : [];
      }),
      drift,
      templates,
    });
  }

  async #drift(
    entityRef: string,
    facts: StoredFact[],
    snapshot: RepositorySnapshot | undefined,
    serviceFile: ServiceFileReading,
    now: Date,
  ): Promise<{ drift: DriftReport; templates: Map<string, string | null> }> {
    const templates = new Map<string, string | null>();
    const repository = facts.find(fact => fact.source === 'repository');
    const problem = repositoryProblem(repository, now);
    const drift = await computeDrift({
      entityRef,
      repository:
        problem === undefined && snapshot
          ? { snapshot, serviceFile: serviceFile.value }
          : { problem: problem ?? 'The repository has not been read yet' },
      readTemplate: async ref => {
        const reading = await this.#options.templates.read(ref);
        const digest = reading.status === 'read' && reading.template.digest;
        templates.set(ref, digest || null);
        return reading;
      },
      now,
    });
    return { drift, templates };
  }

  #driftFact(drift: DriftReport, facts: StoredFact[], now: Date): StoredFact {
    const ttlMs = Duration.fromObject(this.#options.driftTtl).toMillis();
    const data = driftFact(drift);
    const refreshAt = new Date(now.getTime() + ttlMs / 2);
    if (!data) {
      return { source: 'drift', problem: drift.reason, refreshAt };
    }
    const repository = facts.find(fact => fact.source === 'repository')?.fact;
    const expiresAt = new Date(now.getTime() + ttlMs).toISOString();
    return {
      source: 'drift',
      refreshAt,
      fact: {
        observedAt: drift.observedAt,
        // A comparison is no fresher than what was compared
        expiresAt: [expiresAt, repository?.expiresAt ?? expiresAt].sort()[0],
        data,
      },
    };
  }

  #score(
    entityRef: string,
    covering: LoadedPath[],
    stored: StoredFact[],
    options: { waivers: Waiver[]; now: Date },
  ): Scorecard[] {
    const facts = Object.fromEntries(
      stored.flatMap(({ source, fact }) => (fact ? [[source, fact]] : [])),
    );
    return covering.flatMap(({ path, compiled }) => {
      try {
        return [scorePath({ path: compiled, entityRef, facts, ...options })];
      } catch (error) {
        this.#options.logger.error(
          `The path '${
            path.metadata.name
          }' could not be applied to ${entityRef}: ${describeError(error)}`,
        );
        return [];
      }
    });
  }
}

/** Why nothing can be said about the repository now, if so. */
function repositoryProblem(
  repository: StoredFact | undefined,
  now: Date,
): string | undefined {
  if (!repository?.fact) {
    return repository?.problem ?? 'The repository has not been read yet';
  }
  const { expiresAt } = repository.fact;
  return expiresAt !== undefined && new Date(expiresAt) <= now
    ? `The repository was last read on ${repository.fact.observedAt}: ${repository.problem}`
    : undefined;
}

function withServiceFileProblem(
  facts: StoredFact[],
  serviceFile: ServiceFileReading,
): StoredFact[] {
  return facts.map(fact =>
    fact.source === 'repository' && serviceFile.problem && !fact.problem
      ? { ...fact, problem: serviceFile.problem }
      : fact,
  );
}
