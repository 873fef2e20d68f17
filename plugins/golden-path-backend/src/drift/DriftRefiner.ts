import {
  DriftLayer,
  DriftReport,
  DriftStatus,
  LOCK_FILE,
  parseLock,
  refineDrift,
} from '@goldenpath/engine';
import { RepositorySnapshot } from '../database/SnapshotStore';
import { StoredPlan } from '../database/PlanStore';
import { LayerPlans } from '../plans/LayerPlans';
import { RepositoryContents } from '../plans/RepositoryContents';
import { describeError } from '../service/describeError';
import { withDeadline } from '../service/withDeadline';

const LONGEST_MS = 60_000;

/** Statuses that a merge of the contents may change. */
const EDITED: readonly DriftStatus[] = ['edited', 'edited+outdated', 'missing'];

/**
 * Tells what digests cannot: whether both sides changed the same lines of a file, and how much of a new version a
 * service has already.
 *
 * @remarks
 * Only layers with an edited file are planned, since that takes the contents of the repository. What was planned before
 * is taken from there while nothing changed.
 * @internal
 */
export class DriftRefiner {
  readonly #plans: LayerPlans;
  readonly #contents: Pick<RepositoryContents, 'read'>;

  constructor(options: {
    plans: LayerPlans;
    contents: Pick<RepositoryContents, 'read'>;
  }) {
    this.#plans = options.plans;
    this.#contents = options.contents;
  }

  /** Throws only when `signal` is aborted: a plan that fails leaves the layer as digests have it, and its reason says so. */
  async refine(options: {
    report: DriftReport;
    snapshot: RepositorySnapshot;
    signal: AbortSignal;
  }): Promise<DriftReport> {
    const { report, snapshot, signal } = options;
    const { entityRef } = report;
    const { lockText, commit, digests } = snapshot;
    const edited = report.layers.filter(isEdited).map(({ id }) => id);
    for (const layer of report.layers.filter(isUnedited)) {
      await this.#plans.unedited(entityRef, layer);
    }
    if (lockText === undefined || !report.layers.some(hasChanges)) {
      await this.#plans.forgetOthers(entityRef, new Map());
      return report;
    }
    const lock = parseLock({ text: lockText, file: LOCK_FILE });
    const known = await this.#plans.known({
      entityRef,
      commit,
      digests,
      layers: lock.layers,
    });
    await this.#plans.forgetOthers(entityRef, known);
    const made = await this.#make({
      entityRef,
      snapshot,
      layerIds: edited.filter(id => !known.has(id)),
      signal,
    });
    return {
      ...report,
      layers: report.layers.map(layer =>
        edited.includes(layer.id)
          ? refined(layer, known.get(layer.id) ?? made.get(layer.id))
          : layer,
      ),
    };
  }

  async #make(options: {
    entityRef: string;
    snapshot: RepositorySnapshot;
    layerIds: string[];
    signal: AbortSignal;
  }): Promise<Map<string, StoredPlan | Error>> {
    const { entityRef, snapshot, layerIds } = options;
    const made = new Map<string, StoredPlan | Error>();
    if (layerIds.length === 0) {
      return made;
    }
    try {
      await withDeadline({
        ms: LONGEST_MS,
        message: `The update was not planned within ${
          LONGEST_MS / 1000
        } seconds`,
        signal: options.signal,
        run: async signal => {
          const { commit } = snapshot;
          const content = await this.#contents.read(entityRef, signal, {
            commit,
          });
          if (!isSame(snapshot.digests, content.digests)) {
            throw new Error(
              'The repository has changed since it was read; it is read again soon',
            );
          }
          for (const layerId of layerIds) {
            const { plans, problems } = await this.#plans.make({
              content,
              layerId,
              signal,
            });
            const outcome = plans.get(layerId) ?? problems.get(layerId);
            if (outcome) {
              made.set(layerId, outcome);
            }
          }
        },
      });
    } catch (error) {
      options.signal.throwIfAborted();
      for (const layerId of layerIds) {
        if (!made.has(layerId)) {
          made.set(layerId, error as Error);
        }
      }
    }
    return made;
  }
}

function hasChanges({ files }: DriftLayer): boolean {
  return files.some(
    ({ status }) => status !== 'pristine' && status !== 'converged',
  );
}

/** Also where the service has made files its own that the template only seeds. */
function isUnedited(layer: DriftLayer): boolean {
  return layer.template.newestVersion !== null && !isEdited(layer);
}

function isEdited({ template, files }: DriftLayer): boolean {
  return (
    template.newestVersion !== null &&
    files.some(({ status, drifted }) => drifted && EDITED.includes(status))
  );
}

function isSame(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): boolean {
  return (
    a.size === b.size && [...a].every(([path, sha]) => b.get(path) === sha)
  );
}

function refined(
  layer: DriftLayer,
  outcome: StoredPlan | Error | undefined,
): DriftLayer {
  const { newestVersion } = layer.template;
  if (
    outcome &&
    !(outcome instanceof Error) &&
    outcome.plan.template.to === newestVersion
  ) {
    return {
      ...refineDrift(layer, outcome.plan),
      migrated: outcome.plan.migrated.share,
      plannedAt: outcome.madeAt,
    };
  }
  const why =
    outcome instanceof Error
      ? describeError(outcome)
      : 'the template has changed meanwhile; it is compared again soon';
  const reason = `Whether edits are in conflict with version ${newestVersion} is not known: ${why}`;
  return { ...layer, template: { ...layer.template, reason } };
}
