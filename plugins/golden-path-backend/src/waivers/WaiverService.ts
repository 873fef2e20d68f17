import { createHash } from 'node:crypto';
import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  goldenPathWaiverApprovePermission,
  WaiverAction,
  WaiverRecord,
  WaiverRequest,
  WaiversResponse,
  WaiverStatus,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { Waiver } from '@goldenpath/engine';
import { Knex } from 'knex';
import { v7 as uuid, validate as isUuid } from 'uuid';
import { z } from 'zod';
import { WaiverRow } from '../database/tables';
import { PathRegistry } from '../paths/PathRegistry';
import { callerRef } from '../service/callerRef';
import { EntityAccess } from '../service/EntityAccess';
import { formatCursor, parseCursor } from '../service/pageCursor';
import {
  checkPathKnowsCheck,
  checkRequestItself,
  normalEntityRef,
} from './checkRequest';
import { WaiverConfig } from './config';
import { DecisionRules, refusal, TRANSITIONS, WaiverCaller } from './decide';
import { askedInFile, digestOfAsked, planFile } from './fileWaivers';
import { WaiverFileStore } from './WaiverFileStore';
import { dayOf } from './waiverDays';
import { toRecord } from './waiverRecord';
import { WaiverStore } from './WaiverStore';

const cursorSchema = z.object({ at: z.string(), id: z.string() });

/** @internal */
export interface WaiverServiceOptions {
  waivers: WaiverStore;
  files: WaiverFileStore;
  access: EntityAccess;
  paths: Pick<PathRegistry, 'covering'>;
  auth: AuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  config: WaiverConfig;
  /** Called once a change is kept that the score of the entity may depend on. */
  onChanged: (entityRef: string) => Promise<void>;
  now?: () => Date;
}

/** Exceptions from checks: asking for them, deciding on them, and following what the services' files ask for. @internal */
export class WaiverService {
  readonly #options: WaiverServiceOptions;
  readonly #now: () => Date;

  constructor(options: WaiverServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** A page, newest first, of the waivers of entities that the caller may see; `totalItems` counts no more than these. */
  async list(
    query: {
      entityRef?: string;
      path?: string;
      check?: string;
      status?: WaiverStatus;
      limit: number;
      cursor?: string;
    },
    credentials: BackstageCredentials,
  ): Promise<WaiversResponse> {
    const { waivers, access } = this.#options;
    const { limit, cursor, entityRef, path, check, status } = query;
    const before = parseCursor(cursor, cursorSchema);
    const caller = await this.#caller(credentials);
    const rules = this.#rules(this.#now());
    const filter = {
      entityRef:
        entityRef === undefined ? undefined : normalEntityRef(entityRef),
      path,
      check,
      status,
      today: rules.today,
    };
    const entityRefs = (await access.seesAll(credentials))
      ? undefined
      : [
          ...(await access.visible(
            await waivers.entityRefs(filter),
            credentials,
          )),
        ];
    const rows = await waivers.list({
      filter,
      entityRefs,
      before,
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(row => toRecord(row, caller, rules)),
      totalItems: await waivers.count(filter, entityRefs),
      ...(rows.length > limit &&
        last && {
          nextCursor: formatCursor({ at: last.requested_at, id: last.id }),
        }),
    };
  }

  /**
   * Asks for a waiver. Throws an `InputError` when the request makes no sense, a `NotFoundError` when the caller sees no
   * such entity. The same asked for again, while the first is open, gives the first.
   */
  async request(
    body: WaiverRequest,
    credentials: BackstageCredentials,
  ): Promise<WaiverRecord> {
    const { access, paths, config, waivers } = this.#options;
    const now = this.#now();
    checkRequestItself(body, { now, maxDays: config.maxDays });
    const entityRef = normalEntityRef(body.entityRef);
    const entity = await access.entity(entityRef, credentials);
    const covering = paths.covering(entity).map(({ path }) => path);
    checkPathKnowsCheck(entityRef, body, covering);
    const caller = await this.#caller(credentials);
    const approves =
      config.approval === 'automatic' &&
      config.allowSelfApproval &&
      caller.mayApprove;
    const at = now.toISOString();
    const row = await waivers.insertRequest({
      id: uuid(),
      entity_ref: entityRef,
      path: body.path ?? null,
      check_id: body.check,
      reason: body.reason,
      owner: body.owner ?? caller.ref,
      expires: body.expires,
      origin: 'request',
      status: approves ? 'approved' : 'pending',
      requested_by: caller.ref,
      requested_at: at,
      decided_by: approves ? caller.ref : null,
      decided_at: approves ? at : null,
      decision_note: null,
      open_key: openKey(entityRef, body),
      in_file: null,
    });
    if (row.status === 'approved') {
      await this.#options.onChanged(entityRef);
    }
    return toRecord(row, caller, this.#rules(now));
  }

  /**
   * Decides on a waiver. Throws a `NotFoundError` when the caller sees no such waiver, a `NotAllowedError` when it is not
   * theirs to decide, a `ConflictError` when it has another status by now. The same decision by the same caller again
   * changes nothing.
   */
  async decide(
    id: string,
    action: WaiverAction,
    note: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<WaiverRecord> {
    const caller = await this.#caller(credentials);
    const now = this.#now();
    const rules = this.#rules(now);
    const waiver = await this.#visible(id, credentials);
    const { to } = TRANSITIONS[action];
    if (waiver.status !== to || waiver.decided_by !== caller.ref) {
      const problem = refusal(waiver, action, caller, rules);
      if (problem) {
        throw problem;
      }
      const done = await this.#options.waivers.transition({
        waiver,
        from: waiver.status,
        to,
        by: caller.ref,
        note: note?.replaceAll('\0', '\uFFFD') || null,
        now,
      });
      if (!done) {
        const current = await this.#visible(id, credentials);
        throw (
          refusal(current, action, caller, rules) ??
          new ConflictError('This waiver was changed just now; look at it anew')
        );
      }
    }
    if (waiver.status !== 'pending' || to === 'approved') {
      await this.#options.onChanged(waiver.entity_ref);
    }
    const decided = await this.#visible(id, credentials);
    return toRecord(decided, caller, rules);
  }

  /**
   * Makes the records of an entity follow what its golden-path.yaml asks for; one read when that is what it was. Does not
   * call `onChanged`: it is part of an evaluation, which asks for the waivers in force afterwards.
   *
   * @returns whether any record changed
   */
  async syncFile(options: {
    entityRef: string;
    waivers: Waiver[];
    now: Date;
    transaction?: Knex.Transaction;
  }): Promise<boolean> {
    const { entityRef, now, transaction } = options;
    const { files, config, auditor } = this.#options;
    const asked = askedInFile(options.waivers);
    const digest = digestOfAsked(asked, config.approval);
    const followed = await files.digest(entityRef, transaction);
    if (followed === digest || (followed === undefined && asked.length === 0)) {
      return false;
    }
    const event = await auditor.createEvent({
      eventId: 'waiver-file',
      severityLevel: 'medium',
      meta: { entityRef },
    });
    try {
      const changes = await files.follow({
        entityRef,
        digest,
        plan: rows => planFile(rows, asked, { ...config, now }),
        now,
        transaction,
      });
      await event.success({
        meta: { changes: changes.map(change => ({ ...change })) },
      });
      return changes.length > 0;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  /** The waiver, or a `NotFoundError` that does not tell whether its entity is hidden or there is no such waiver. */
  async #visible(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<WaiverRow> {
    const { waivers, access } = this.#options;
    const row = isUuid(id) ? await waivers.get(id) : undefined;
    const visible = await access.visible(
      row ? [row.entity_ref] : [],
      credentials,
    );
    if (!row || !visible.has(row.entity_ref)) {
      throw new NotFoundError(`There is no waiver '${id}'`);
    }
    return row;
  }

  async #caller(credentials: BackstageCredentials): Promise<WaiverCaller> {
    const { auth, permissions } = this.#options;
    const [decision] = await permissions.authorize(
      [{ permission: goldenPathWaiverApprovePermission }],
      { credentials },
    );
    return {
      ref: callerRef(credentials, auth),
      mayApprove: decision.result === AuthorizeResult.ALLOW,
    };
  }

  #rules(now: Date): DecisionRules {
    const { allowSelfApproval } = this.#options.config;
    return { allowSelfApproval, today: dayOf(now) };
  }
}

function openKey(entityRef: string, body: WaiverRequest): string {
  const { path = null, check, reason, expires } = body;
  return createHash('sha256')
    .update(JSON.stringify([entityRef, path, check, reason, expires]))
    .digest('hex');
}
