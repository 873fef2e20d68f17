import { createHash } from 'node:crypto';
import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  DecisionsResponse,
  OverrideDecision,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { GateDecision, GateRequest, GateVerdict } from '@goldenpath/engine';
import { DateTime } from 'luxon';
import { v7 as uuid, validate as isUuid } from 'uuid';
import { z } from 'zod';
import {
  GateDecisionRow,
  GateStore,
  ShownDecisionRow,
} from '../database/GateStore';
import { PathRegistry } from '../paths/PathRegistry';
import { callerRef } from '../service/callerRef';
import { EntityAccess } from '../service/EntityAccess';
import { formatCursor, parseCursor } from '../service/pageCursor';
import { normalEntityRef } from '../waivers/checkRequest';
import { GateFactsReader } from './GateFactsReader';
import { askPolicies, policiesFor } from './gatePolicies';
import { toGateDecision } from './gateRecord';

/** The same question within this time gets the same answer, so that a retry of a pipeline leaves one record. */
const SAME_ANSWER_MS = 60_000;
const FIRST_JUDGED_MS = 60 * 60_000;

const cursorSchema = z.object({ at: z.string(), id: z.string() });

/** @internal */
export interface GateServiceOptions {
  store: GateStore;
  facts: Pick<GateFactsReader, 'read'>;
  paths: Pick<PathRegistry, 'covering'>;
  access: EntityAccess;
  auth: AuthService;
  /** Called once a decision of the entity was kept or changed. */
  onDecision: (entityRef: string) => Promise<void>;
  now?: () => Date;
}

/** Decides whether deployments may go ahead, keeps what was decided, and lets people override it. @internal */
export class GateService {
  readonly #options: GateServiceOptions;
  readonly #now: () => Date;

  constructor(options: GateServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Decides, and keeps the decision with what it was decided from. Throws a `NotFoundError` when the caller sees no such
   * entity, an `InputError` for a fix that names nothing.
   */
  async ask(
    asked: GateRequest,
    credentials: BackstageCredentials,
  ): Promise<GateDecision> {
    const { access, auth, facts, paths, store } = this.#options;
    const now = this.#now();
    const by = callerRef(credentials, auth);
    checkFixes(asked);
    const wanted = normalEntityRef(asked.entityRef);
    const entity = await access.entity(wanted, credentials);
    const request = { ...asked, entityRef: stringifyEntityRef(entity) };
    const known = await facts.read({
      ...{ entity, environment: request.environment, now, credentials },
    });
    const judged = askPolicies({
      ...{ policies: policiesFor(entity, paths), request, facts: known, now },
    });
    const requestKey = keyOf(request, by);
    const same = await store.newestSame(
      requestKey,
      new Date(now.getTime() - SAME_ANSWER_MS),
    );
    if (same?.verdict === judged.verdict) {
      return toGateDecision(same, now);
    }
    const id = uuid();
    const decision: GateDecision = {
      ...{ id, request, at: now.toISOString(), by },
      ...judged,
    };
    const row: GateDecisionRow = {
      id,
      entity_ref: request.entityRef,
      environment: request.environment,
      at: decision.at,
      sha: request.sha ?? null,
      request_key: requestKey,
      verdict: judged.verdict,
      proceed: judged.proceed,
      exemption: judged.exemption ?? null,
      decision: JSON.stringify(decision),
      facts: JSON.stringify(known),
      ...(await this.#overrideFor(judged.proceed, request, now)),
      outcome: null,
      judge_at: new Date(now.getTime() + FIRST_JUDGED_MS).toISOString(),
    };
    await store.insert(row);
    await this.#options.onDecision(row.entity_ref);
    return toGateDecision(row, now);
  }

  /** A page, newest first, of the decisions on entities that the caller may see. */
  async list(
    query: {
      entityRef?: string;
      verdict?: GateVerdict;
      limit: number;
      cursor?: string;
    },
    credentials: BackstageCredentials,
  ): Promise<DecisionsResponse> {
    const { store } = this.#options;
    const { limit, verdict, entityRef } = query;
    const before = parseCursor(query.cursor, cursorSchema);
    const filter = await this.visibleTo(credentials, {
      entityRef,
      verdict,
    });
    const rows = await store.list({ filter, before, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const now = this.#now();
    return {
      items: shown.map(row => toGateDecision(row, now)),
      ...(rows.length > limit &&
        last && { nextCursor: formatCursor({ at: last.at, id: last.id }) }),
    };
  }

  /** A decision, or a `NotFoundError` that does not tell whether its entity is hidden or there is none. */
  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<GateDecision> {
    return toGateDecision(await this.#row(id, credentials), this.#now());
  }

  /**
   * Lets a stopped deployment go ahead until the override expires, for the same entity and environment and, where the
   * decision named one, the same commit. It takes a person; it takes no longer than the policy allows; and there is
   * nothing to override where the gate let it pass.
   */
  async override(
    id: string,
    body: OverrideDecision,
    credentials: BackstageCredentials,
  ): Promise<GateDecision> {
    const { auth, store, onDecision } = this.#options;
    const now = this.#now();
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'An override takes a person who answers for it: sign in and override it there',
      );
    }
    const row = await this.#row(id, credentials);
    const decision = toGateDecision(row, now);
    if (decision.proceed) {
      throw new ConflictError(
        decision.override
          ? `This decision is overridden until ${decision.override.expiresAt}`
          : 'There is nothing to override: the gate let this deployment go ahead',
      );
    }
    const most = decision.overrideMaxHours ?? 24;
    if (body.hours > most) {
      throw new InputError(
        `hours: the policy of ${decision.policy.path} lets an override hold ${most} hours at most`,
      );
    }
    const done = await store.override({
      id,
      by: credentials.principal.userEntityRef,
      reason: body.reason,
      now,
      expiresAt: DateTime.fromJSDate(now)
        .plus({ hours: body.hours })
        .toJSDate(),
    });
    if (!done) {
      throw new ConflictError('This decision was overridden just now');
    }
    await onDecision(row.entity_ref);
    return this.get(id, credentials);
  }

  /** Narrows a filter to the entities that the caller may see. @internal */
  async visibleTo<T extends { entityRef?: string }>(
    credentials: BackstageCredentials,
    filter: T,
  ): Promise<T & { entityRefs?: string[] }> {
    const { access, store } = this.#options;
    const narrowed = {
      ...filter,
      ...(filter.entityRef !== undefined && {
        entityRef: normalEntityRef(filter.entityRef),
      }),
    };
    return (await access.seesAll(credentials))
      ? narrowed
      : {
          ...narrowed,
          entityRefs: [
            ...(await access.visible(
              await store.entityRefs(narrowed),
              credentials,
            )),
          ],
        };
  }

  async #row(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ShownDecisionRow> {
    const { access, store } = this.#options;
    const row = isUuid(id) ? await store.get(id) : undefined;
    const visible = await access.visible(
      row ? [row.entity_ref] : [],
      credentials,
    );
    if (!row || !visible.has(row.entity_ref)) {
      throw new NotFoundError(`There is no decision '${id}'`);
    }
    return row;
  }

  /** An override of an earlier decision, where it covers this one. */
  async #overrideFor(proceeds: boolean, request: GateRequest, now: Date) {
    const covering = proceeds
      ? undefined
      : await this.#options.store.covering({
          entityRef: request.entityRef,
          environment: request.environment,
          sha: request.sha,
          now,
        });
    return {
      override_from: covering?.id ?? null,
      override_by: covering?.override_by ?? null,
      override_reason: covering?.override_reason ?? null,
      override_at: covering?.override_at ?? null,
      override_expires_at: covering?.override_expires_at ?? null,
    };
  }
}

function checkFixes({ kind, fixes }: GateRequest): void {
  if (kind.endsWith('-fix') && fixes.length === 0) {
    throw new InputError(
      `fixes: a request of kind '${kind}' names what it fixes, such as the id of the ${
        kind === 'incident-fix' ? 'incident' : 'vulnerability'
      }`,
    );
  }
}

function keyOf(request: GateRequest, by: string): string {
  const { entityRef, environment, sha, artifactId, deploymentId, kind } =
    request;
  const { fixes, progressive } = request;
  return createHash('sha256')
    .update(
      JSON.stringify([
        ...[by, entityRef, environment, sha, artifactId, deploymentId, kind],
        ...[[...fixes].sort(), progressive],
      ]),
    )
    .digest('hex');
}
