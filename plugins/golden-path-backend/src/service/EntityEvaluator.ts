import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { HumanDuration } from '@backstage/types';
import { FactCollector } from '@goldenpath/backstage-plugin-golden-path-node';
import { DriftReport, ServiceFile } from '@goldenpath/engine';
import { Knex } from 'knex';
import { Duration } from 'luxon';
import { CollectorCircuits } from '../collectors/CollectorCircuits';
import { EntityStore } from '../database/EntityStore';
import { EvaluationStore } from '../database/EvaluationStore';
import { FactStore, StoredFact } from '../database/FactStore';
import { ResultStore, ResultWrite } from '../database/ResultStore';
import { Rendering, RenderingStore } from '../database/RenderingStore';
import { RepositorySnapshot, SnapshotStore } from '../database/SnapshotStore';
import { ResultRow } from '../database/tables';
import { computeDrift } from '../drift/computeDrift';
import { driftFact } from '../drift/driftFact';
import { DriftRefiner } from '../drift/DriftRefiner';
import { TemplateReader } from '../drift/TemplateReader';
import { LoadedPath } from '../paths/loadPaths';
import { PathRegistry } from '../paths/PathRegistry';
import { Renderer } from '../plans/Renderer';
import { judgeEntity } from '../scoring/judgeEntity';
import { EntityWaiver, ReadWaivers, waiversOn } from '../scoring/ScorePass';
import { EntityFacts, factsForJudging } from '../scoring/storedFacts';
import { ClaimedWork } from '../work/WorkQueue';
import { collectFacts } from './collectFacts';
import { coverageDigest } from './coverageDigest';
import { describeError } from './describeError';
import { readServiceFile, ServiceFileReading } from './readServiceFile';
import { digestOf } from './factOutcome';
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
  renderer: Renderer;
  renderings: RenderingStore;
  refiner: DriftRefiner;
  entities: EntityStore;
  facts: FactStore;
  snapshots: SnapshotStore;
  results: ResultStore;
  evaluations: EvaluationStore;
  circuits: CollectorCircuits;
  /** Makes the records of waivers follow what the service's file asks for. */
  syncWaivers: (options: {
    entityRef: string;
    waivers: ServiceFile['waivers'];
    now: Date;
  }) => Promise<void>;
  readWaivers: ReadWaivers;
  /** Keeps delivery events that collectors learned of. */
  keepEvents: (entityRef: string, bodies: readonly unknown[]) => Promise<void>;
  /** Forgets what others keep of an entity that is no longer in the catalog. */
  onGone: (entityRef: string) => Promise<void>;
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
    if (!entity) {
      await this.#options.onGone(entityRef);
    }
    if (!entity || covering.length === 0) {
      await evaluations.clear(entityRef);
      return;
    }
    const now = this.#now();
    // A page asked for may be evaluated before any scan; a push right after it must find the entity
    await this.#options.entities.meet(seenEntity(entity), {
      pathsDigest: coverageDigest(paths.current().paths),
      seenAt: now,
    });
    const stored = await this.#options.facts.read(entityRef);
    const facts = await collectFacts({
      entity,
      collectors: this.#options.collectors,
      circuits: this.#options.circuits,
      stored,
      reasons: work.reasons,
      keepEvents: bodies => this.#options.keepEvents(entityRef, bodies),
      now,
      signal,
    });
    await this.#judge({ entityRef, covering, stored, facts, now, signal });
  }

  async #judge(options: {
    entityRef: string;
    covering: LoadedPath[];
    stored: Map<string, StoredFact>;
    facts: StoredFact[];
    now: Date;
    signal: AbortSignal;
  }): Promise<void> {
    const { entityRef, covering, stored, now, signal } = options;
    const snapshot = await this.#options.snapshots.read(entityRef);
    const serviceFile = readServiceFile(snapshot?.serviceFileText);
    const facts = withServiceFileProblem(options.facts, serviceFile);
    const { drift, templates } = await this.#drift({
      entityRef,
      facts,
      snapshot,
      serviceFile,
      now,
      signal,
    });
    facts.push(this.#driftFact(drift, facts, now));
    const definitions = await this.#definitions(entityRef);
    // Given up by its worker: another may have written something newer by now
    signal.throwIfAborted();
    if (isRead(facts, now) && !serviceFile.problem) {
      await this.#options.syncWaivers({
        entityRef,
        waivers: serviceFile.value?.waivers ?? [],
        now,
      });
    }
    await this.#options.evaluations.write({
      entityRef,
      at: now,
      facts,
      changed: new Set(
        facts.flatMap(({ source, digest }) =>
          stored.get(source)?.digest === digest ? [] : [source],
        ),
      ),
      paths: covering.map(({ path }) => path.metadata.name),
      judge: (previous, transaction) =>
        this.#results({
          entityRef,
          covering,
          facts: factsForJudging(facts),
          previous,
          definitions,
          transaction,
          now,
        }),
      drift,
      templates,
    });
  }

  /** The definitions that stored results were judged by; looked up before the transaction, as SQLite has one connection. */
  async #definitions(entityRef: string): Promise<Map<string, LoadedPath>> {
    const { results, paths } = this.#options;
    const definitions = new Map<string, LoadedPath>();
    for (const row of await results.ofEntity(entityRef)) {
      const known = await paths.definition(row.path, row.path_digest);
      if (known) {
        definitions.set(`${row.path} ${row.path_digest}`, known);
      }
    }
    return definitions;
  }

  async #results(options: {
    entityRef: string;
    covering: LoadedPath[];
    facts: EntityFacts;
    previous: ResultRow[];
    definitions: Map<string, LoadedPath>;
    transaction: Knex.Transaction;
    now: Date;
  }): Promise<ResultWrite[]> {
    const { entityRef, covering, previous, definitions, transaction, now } =
      options;
    const waivers = await this.#options.readWaivers({
      knex: transaction,
      entityRefs: [entityRef],
      now,
    });
    const ofEntity: EntityWaiver[] = waivers.get(entityRef) ?? [];
    return covering.flatMap(loaded => {
      const { name } = loaded.path.metadata;
      const row = previous.find(({ path }) => path === name);
      try {
        return judgeEntity({
          entityRef,
          loaded,
          facts: options.facts,
          waivers: waiversOn(name, ofEntity),
          now,
          previous: row && {
            row,
            loaded: definitions.get(`${name} ${row.path_digest}`),
          },
        });
      } catch (error) {
        this.#options.logger.error(
          `The path '${name}' could not be applied to ${entityRef}: ${describeError(
            error,
          )}`,
        );
        return [];
      }
    });
  }

  async #drift(options: {
    entityRef: string;
    facts: StoredFact[];
    snapshot: RepositorySnapshot | undefined;
    serviceFile: ServiceFileReading;
    now: Date;
    signal: AbortSignal;
  }): Promise<{ drift: DriftReport; templates: Map<string, string | null> }> {
    const { entityRef, facts, snapshot, serviceFile, now, signal } = options;
    const templates = new Map<string, string | null>();
    const repository = facts.find(fact => fact.source === 'repository');
    const problem = repositoryProblem(repository, now);
    const isKnown = problem === undefined && snapshot !== undefined;
    const drift = await computeDrift({
      entityRef,
      repository: isKnown
        ? { snapshot, serviceFile: serviceFile.value }
        : { problem: problem ?? 'The repository has not been read yet' },
      readTemplate: async ref => {
        const reading = await this.#options.templates.read(ref);
        const digest = reading.status === 'read' && reading.template.digest;
        templates.set(ref, digest || null);
        return reading;
      },
      renderer: this.#options.renderer,
      keepRendering: rendering => this.#keepRendering(rendering, now),
      now,
    });
    return {
      drift:
        isKnown && drift.status === 'ok'
          ? await this.#options.refiner.refine({
              report: drift,
              snapshot,
              signal,
            })
          : drift,
      templates,
    };
  }

  /** What cannot be kept now is tried again by the next evaluation. */
  async #keepRendering(rendering: Rendering, now: Date): Promise<void> {
    try {
      await this.#options.renderings.keep(rendering, now);
    } catch (error) {
      this.#options.logger.warn(
        `A rendering of ${rendering.templateRef} was not kept: ${describeError(
          error,
        )}`,
      );
    }
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
      digest: digestOf(JSON.stringify(data)),
      fact: {
        observedAt: drift.observedAt,
        // A comparison is no fresher than what was compared
        expiresAt: [expiresAt, repository?.expiresAt ?? expiresAt].sort()[0],
        data,
      },
    };
  }
}

/** Whether the repository was read lately: only then its file says which waivers are asked for. */
function isRead(facts: StoredFact[], now: Date): boolean {
  const repository = facts.find(fact => fact.source === 'repository');
  return repositoryProblem(repository, now) === undefined;
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
