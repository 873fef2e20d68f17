import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  PlanResponse,
  RecoveredProvenance,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Lock, LOCK_FILE, parseLock } from '@goldenpath/engine';
import { sourceLocationOf } from '../collectors/sourceLocation';
import { SnapshotStore } from '../database/SnapshotStore';
import { EntityAccess } from '../service/EntityAccess';
import { describeError } from '../service/describeError';
import { withDeadline } from '../service/withDeadline';
import { ChangeHostRegistry } from '../updates/ChangeHostRegistry';
import { LayerPlans, PlansOfLayers } from './LayerPlans';
import { RepositoryContents } from './RepositoryContents';

const LONGEST_MS = 60_000;

/** Finds out what a service without a lock was made from; `undefined` when nothing fits. @internal */
export type RecoverProvenance = (options: {
  entityRef: string;
  credentials: BackstageCredentials;
}) => Promise<RecoveredProvenance | undefined>;

/** @internal */
export interface PlanReaderOptions {
  plans: LayerPlans;
  contents: Pick<RepositoryContents, 'read'>;
  snapshots: SnapshotStore;
  access: EntityAccess;
  hosts: ChangeHostRegistry;
  recover?: RecoverProvenance;
}

/** The state of the repository that plans are of, without what depends on who asks. */
type PlanState =
  | { status: 'ok'; commit: string | null; lock: Lock; plans: PlansOfLayers }
  | {
      status: 'no-lock' | 'invalid-lock' | 'unknown';
      commit: string | null;
      reason: string;
    };

/** Plans as people ask for them. @internal */
export class PlanReader {
  readonly #options: PlanReaderOptions;
  /** One at a time for each service, however many ask. */
  readonly #running = new Map<string, Promise<PlanState>>();

  constructor(options: PlanReaderOptions) {
    this.#options = options;
  }

  /**
   * Plans of a service to the newest version of each template. A kept one is given when the service's last reading, its
   * templates and the day are those it was made of; else the repository is read now.
   *
   * @throws NotFoundError for a layer the lock does not have.
   */
  async read(options: {
    entity: Entity;
    layerId?: string;
    credentials: BackstageCredentials;
  }): Promise<PlanResponse> {
    const { entity, layerId, credentials } = options;
    const entityRef = stringifyEntityRef(entity);
    const state =
      (await this.#kept(entityRef, layerId)) ??
      (await this.#now(entityRef, layerId));
    const common = {
      entityRef,
      commit: state.commit,
      ...this.#proposing(entity),
    };
    if (state.status === 'ok') {
      const visible = await this.#onlyVisible(state, credentials);
      return { ...common, status: 'ok', ...visible };
    }
    const { status, reason } = state;
    const recovered =
      status === 'no-lock'
        ? await this.#options.recover?.({ entityRef, credentials })
        : undefined;
    return {
      ...common,
      status,
      reason,
      plans: [],
      problems: {},
      ...(recovered && { recovered }),
    };
  }

  /** Plans of the repository as it was last read, when all of them are kept. */
  async #kept(
    entityRef: string,
    layerId: string | undefined,
  ): Promise<PlanState | undefined> {
    const snapshot = await this.#options.snapshots.read(entityRef);
    const lock = lockOf(snapshot?.lockText);
    if (!snapshot || !lock) {
      return undefined;
    }
    const layers = lock.layers.filter(
      ({ id }) => layerId === undefined || id === layerId,
    );
    const { commit, digests } = snapshot;
    const plans = await this.#options.plans.known({
      entityRef,
      commit,
      digests,
      layers,
    });
    return layers.length > 0 && plans.size === layers.length
      ? { status: 'ok', commit, lock, plans: { plans, problems: new Map() } }
      : undefined;
  }

  async #now(
    entityRef: string,
    layerId: string | undefined,
  ): Promise<PlanState> {
    const key = JSON.stringify([entityRef, layerId]);
    const late = `The update of ${entityRef} was not planned within ${
      LONGEST_MS / 1000
    } seconds; ask again`;
    const running =
      this.#running.get(key) ??
      withDeadline({
        ms: LONGEST_MS,
        message: late,
        run: signal => this.#plan(entityRef, layerId, signal),
      })
        .catch((error: Error): PlanState => {
          if (error.message === late) {
            return { status: 'unknown', commit: null, reason: late };
          }
          throw error;
        })
        .finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #plan(
    entityRef: string,
    layerId: string | undefined,
    signal: AbortSignal,
  ): Promise<PlanState> {
    const { contents, plans } = this.#options;
    let content;
    try {
      content = await contents.read(entityRef, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { status: 'unknown', commit: null, reason: describeError(error) };
    }
    const { commit, lock, lockProblem } = content;
    if (lockProblem !== undefined) {
      return { status: 'invalid-lock', commit, reason: lockProblem };
    }
    if (!lock) {
      const reason = `The repository has no ${LOCK_FILE}, so the template it came from is not known`;
      return { status: 'no-lock', commit, reason };
    }
    try {
      const made = await plans.make({ content, layerId, signal });
      return { status: 'ok', commit, lock, plans: made };
    } catch (error) {
      // Without git the rest of the page still stands
      if (error instanceof ServiceUnavailableError) {
        return { status: 'unknown', commit, reason: describeError(error) };
      }
      throw error;
    }
  }

  /** A plan shows what a template holds, so it is as visible as the template is. */
  async #onlyVisible(
    state: Extract<PlanState, { status: 'ok' }>,
    credentials: BackstageCredentials,
  ): Promise<Pick<PlanResponse, 'plans' | 'problems'>> {
    const { plans, problems } = state.plans;
    const shown = state.lock.layers.filter(
      ({ id }) => plans.has(id) || problems.has(id),
    );
    const visible = await this.#options.access.visible(
      [...new Set(shown.map(({ template }) => template.entityRef))].filter(
        isReference,
      ),
      credentials,
    );
    const response: Pick<PlanResponse, 'plans' | 'problems'> = {
      plans: [],
      problems: {},
    };
    for (const { id, template } of shown) {
      const plan = plans.get(id)?.plan;
      const problem = problems.get(id);
      if (!visible.has(template.entityRef)) {
        response.problems[
          id
        ] = `There is no entity ${template.entityRef} in the catalog, or you may not see it`;
      } else if (plan) {
        response.plans.push(plan);
      } else if (problem) {
        response.problems[id] = describeError(problem);
      }
    }
    return response;
  }

  /** What a change request is called where the service lies, or why none can be opened. */
  #proposing(entity: Entity): Pick<PlanResponse, 'noun' | 'refusal'> {
    const location = sourceLocationOf(entity);
    if (location.type === 'none') {
      return { refusal: location.reason };
    }
    if (location.type === 'file') {
      return {
        refusal:
          "The files of this entity are a folder of the backend's machine, where no change can be proposed",
      };
    }
    const host = this.#options.hosts.find(location.url);
    return host
      ? { noun: host.noun }
      : {
          refusal: `No module of this backend proposes changes to ${location.url}; add and configure the one for its host`,
        };
  }
}

function lockOf(text: string | undefined): Lock | undefined {
  try {
    return text === undefined
      ? undefined
      : parseLock({ text, file: LOCK_FILE });
  } catch {
    return undefined;
  }
}

/** A lock may hold anything, and the catalog refuses a question about what is no reference. */
function isReference(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}
