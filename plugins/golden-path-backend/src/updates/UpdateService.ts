import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  createUpdateSchema,
  UpdateRequest,
  UpdatesResponse,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { LOCK_FILE, UpdateDecisions } from '@goldenpath/engine';
import { z } from 'zod';
import { UpdateRow, UpdateStore } from '../database/UpdateStore';
import { callerRef } from '../service/callerRef';
import { withDeadline } from '../service/withDeadline';
import { tooLarge } from './changeSize';
import { UpdateQueue } from './UpdateQueue';
import {
  isDraft,
  newUpdateRow,
  toUpdateRequest,
  UpdateOrder,
} from './updateRecord';
import {
  ChangeHosts,
  FindSource,
  PlannedLayer,
  ProvenanceSource,
  UpdatePlanner,
} from './UpdateSources';

const SHOWN = 20;
const LONGEST_PLAN_MS = 120_000;

/** What is asked for, with its defaults. */
type Asked = z.output<typeof createUpdateSchema>;

type PlannedOrder = Omit<UpdateOrder, 'sourceUrl' | 'noun' | 'createdBy'>;

/** @internal */
export interface UpdateServiceOptions {
  updates: UpdateStore;
  queue: UpdateQueue;
  hosts: ChangeHosts;
  findSource: FindSource;
  planner: UpdatePlanner;
  provenance?: ProvenanceSource;
  auth: AuthService;
  /** Throws when the caller may not see a template: what it holds must not reach them by a plan. */
  seeTemplate(
    templateRef: string,
    credentials: BackstageCredentials,
  ): Promise<unknown>;
  /** Has an entity read again, whose kept plan is an old one. */
  refresh(entityRef: string): Promise<void>;
  now?: () => Date;
}

/** Updates that people ask for. @internal */
export class UpdateService {
  readonly #options: UpdateServiceOptions;
  readonly #now: () => Date;

  constructor(options: UpdateServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** The newest updates of an entity. */
  async list(entityRef: string): Promise<UpdatesResponse> {
    const rows = await this.#options.updates.list(entityRef, SHOWN);
    return { entityRef, items: rows.map(toUpdateRequest) };
  }

  /**
   * Asks for the update of one layer of an entity the caller may see; a worker carries it out. The same asked for again
   * gives the first; one that failed, or was made by another plan or other decisions, is carried out again.
   *
   * Throws an `InputError` when there is nothing to do or no host to do it on, a `ConflictError` when the plan is another
   * than the one the caller saw.
   */
  async create(
    entityRef: string,
    asked: Asked,
    credentials: BackstageCredentials,
  ): Promise<UpdateRequest> {
    const { findSource, hosts, auth } = this.#options;
    const createdBy = callerRef(credentials, auth);
    const { url, reason } = await findSource(entityRef);
    const host = url === undefined ? undefined : hosts.find(url);
    if (url === undefined || !host) {
      throw new InputError(
        reason ??
          `No change host knows ${url}: nothing can be proposed there until one is installed and configured`,
      );
    }
    const order = await withDeadline({
      ms: LONGEST_PLAN_MS,
      message: `The update of ${entityRef} was not planned within ${
        LONGEST_PLAN_MS / 1000
      } seconds`,
      run: signal =>
        asked.provenance
          ? this.#lockOrder(entityRef, signal)
          : this.#planOrder(entityRef, asked, signal),
    });
    await this.#options.seeTemplate(order.template, credentials);
    return this.#ask({
      ...order,
      sourceUrl: url,
      noun: host.noun,
      createdBy,
    });
  }

  async #planOrder(
    entityRef: string,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<PlannedOrder> {
    const { layer, planDigest, decisions } = asked;
    const plans = await this.#options.planner.plan({
      entityRef,
      layerId: layer,
      decisions,
      applied: { at: this.#now().toISOString(), via: 'update' },
      signal,
    });
    const { plan, changes } = theLayer(entityRef, layer, plans);
    if (planDigest !== undefined && planDigest !== plan.digest) {
      await this.#options.refresh(entityRef);
      throw new ConflictError(
        'The service or the template changed since this plan was made; look at the new plan and ask again',
      );
    }
    if (plan.empty) {
      throw new InputError(
        `There is nothing to do: ${plan.layer} of ${entityRef} is up to date with ${plan.template.entityRef} ${plan.template.to}`,
      );
    }
    const problem = tooLarge(changes);
    if (problem) {
      throw new InputError(problem);
    }
    return {
      entityRef,
      layer: plan.layer,
      template: plan.template.entityRef,
      from: plan.template.from,
      to: plan.template.to,
      inputDigest: plan.template.inputDigest,
      planDigest: plan.digest,
      decisions: orderedDecisions(decisions),
      draft: isDraft(plan),
      conflicts: plan.conflicts.length,
    };
  }

  async #lockOrder(
    entityRef: string,
    signal: AbortSignal,
  ): Promise<PlannedOrder> {
    const { provenance } = this.#options;
    if (!provenance) {
      throw new InputError('Provenance cannot be recovered here');
    }
    const recovered = await provenance.recover({
      entityRef,
      applied: { at: this.#now().toISOString(), via: 'update' },
      signal,
    });
    if (!recovered) {
      throw new InputError(
        `${entityRef} has a ${LOCK_FILE} already; mend it by hand where it cannot be read`,
      );
    }
    const { layer } = recovered;
    return {
      entityRef,
      layer: layer.id,
      template: layer.template.entityRef,
      from: null,
      to: layer.template.version,
      inputDigest: layer.template.inputDigest,
    };
  }

  async #ask(order: UpdateOrder): Promise<UpdateRequest> {
    const { updates, queue } = this.#options;
    const now = this.#now();
    const wanted = newUpdateRow(order, now);
    const [kept] = await updates.ask([wanted]);
    let row = kept;
    if (kept.id !== wanted.id && isOther(kept, wanted)) {
      const { decisions, plan_digest } = wanted;
      const changes = { decisions, plan_digest };
      if ((await updates.requeue([kept.id], changes, { now })) === 0) {
        throw new ConflictError(
          `The update of ${order.entityRef} is being carried out; ask again in a minute`,
        );
      }
      row = (await updates.get(kept.id))!;
    }
    queue.notify();
    return toUpdateRequest(row);
  }
}

/** Whether the update that is there is not what is wanted now. */
function isOther(kept: UpdateRow, wanted: UpdateRow): boolean {
  return (
    kept.state === 'failed' ||
    kept.decisions !== wanted.decisions ||
    (kept.state === 'open' && kept.plan_digest !== wanted.plan_digest)
  );
}

function theLayer(
  entityRef: string,
  layer: string | undefined,
  plans: PlannedLayer[],
): PlannedLayer {
  const ids = plans.map(({ plan }) => plan.layer);
  if (plans.length === 0) {
    throw new InputError(
      `${entityRef} has no layer${layer === undefined ? '' : ` '${layer}'`}`,
    );
  }
  if (plans.length > 1) {
    throw new InputError(
      `${entityRef} has several layers; say which: ${ids.join(', ')}`,
    );
  }
  return plans[0];
}

/** The same decisions in the same order, so that they compare as text. */
function orderedDecisions(decisions: UpdateDecisions): UpdateDecisions {
  const ordered = <T>(record: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return ordered(
    Object.fromEntries(
      Object.entries(decisions).map(([path, { file, hunks }]) => [
        path,
        {
          ...(file && { file }),
          ...(hunks && { hunks: ordered(hunks) }),
        },
      ]),
    ),
  );
}
