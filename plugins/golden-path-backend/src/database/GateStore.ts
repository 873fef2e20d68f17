import { GateOutcome, GateVerdict } from '@goldenpath/engine';
import { Knex } from 'knex';
import { isOneOf } from './manyRows';

/** @internal */
export interface GateDecisionRow {
  id: string;
  entity_ref: string;
  environment: string;
  at: string;
  sha: string | null;
  request_key: string;
  verdict: GateVerdict;
  /** A number on SQLite. */
  proceed: boolean | number;
  exemption: 'rollback' | 'incident-fix' | 'security-fix' | null;
  decision: string;
  facts: string;
  override_from: string | null;
  override_by: string | null;
  override_reason: string | null;
  override_at: string | null;
  override_expires_at: string | null;
  outcome: string | null;
  judge_at: string | null;
}

/** What a page shows, without the facts behind it. @internal */
export type ShownDecisionRow = Omit<GateDecisionRow, 'facts'>;

/** What a count needs of a decision. @internal */
export type CountedDecisionRow = Pick<
  GateDecisionRow,
  | 'id'
  | 'entity_ref'
  | 'environment'
  | 'at'
  | 'verdict'
  | 'exemption'
  | 'override_by'
  | 'outcome'
>;

/** Which decisions; every part narrows them. @internal */
export interface GateFilter {
  entityRef?: string;
  verdict?: GateVerdict;
  /** Decisions of these entities only. */
  entityRefs?: string[];
  /** Included. */
  from?: Date;
  /** Excluded. */
  to?: Date;
}

const SHOWN = [
  'id',
  'entity_ref',
  'environment',
  'at',
  'sha',
  'request_key',
  'verdict',
  'proceed',
  'exemption',
  'decision',
  'override_from',
  'override_by',
  'override_reason',
  'override_at',
  'override_expires_at',
  'outcome',
  'judge_at',
] as const;

const COUNTED = [
  'id',
  'entity_ref',
  'environment',
  'at',
  'verdict',
  'exemption',
  'override_by',
  'outcome',
] as const;

/** What the gate decided, with what it was decided from and what became of it. @internal */
export class GateStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async insert(row: GateDecisionRow): Promise<void> {
    await this.#knex<GateDecisionRow>('gate_decisions').insert(row);
  }

  async get(id: string): Promise<ShownDecisionRow | undefined> {
    return this.#knex<GateDecisionRow>('gate_decisions')
      .where({ id })
      .first(...SHOWN);
  }

  /** The newest answer to the same question since a time. */
  async newestSame(
    requestKey: string,
    since: Date,
  ): Promise<ShownDecisionRow | undefined> {
    return this.#knex<GateDecisionRow>('gate_decisions')
      .where({ request_key: requestKey })
      .where('at', '>=', since.toISOString())
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .first(...SHOWN);
  }

  /** A decision whose override holds for this question: of the same commit, or of none, then of any. */
  async covering(options: {
    entityRef: string;
    environment: string;
    sha: string | undefined;
    now: Date;
  }): Promise<ShownDecisionRow | undefined> {
    const { entityRef, environment, sha, now } = options;
    return this.#knex<GateDecisionRow>('gate_decisions')
      .where({ entity_ref: entityRef, environment })
      .whereNull('override_from')
      .where('override_expires_at', '>', now.toISOString())
      .where(any => {
        any.whereNull('sha');
        if (sha !== undefined) {
          any.orWhere({ sha });
        }
      })
      .orderBy('override_expires_at', 'desc')
      .first(...SHOWN);
  }

  /** Keeps an override, unless one holds already; tells whether it did. */
  async override(options: {
    id: string;
    by: string;
    reason: string;
    now: Date;
    expiresAt: Date;
  }): Promise<boolean> {
    const now = options.now.toISOString();
    const updated = await this.#knex<GateDecisionRow>('gate_decisions')
      .where({ id: options.id })
      .where(any =>
        any
          .whereNull('override_expires_at')
          .orWhere('override_expires_at', '<=', now),
      )
      .update({
        override_from: null,
        override_by: options.by,
        override_reason: options.reason,
        override_at: now,
        override_expires_at: options.expiresAt.toISOString(),
      });
    return updated === 1;
  }

  /** Newest first. */
  async list(options: {
    filter: GateFilter;
    before?: { at: string; id: string };
    limit: number;
  }): Promise<ShownDecisionRow[]> {
    const query = this.#matching(options.filter)
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit);
    if (options.before) {
      const { at, id } = options.before;
      query.whereRaw('(at, id) < (?, ?)', [at, id]);
    }
    return query.select(...SHOWN);
  }

  /** For counts, newest first. */
  async counted(
    filter: GateFilter,
    limit: number,
  ): Promise<CountedDecisionRow[]> {
    return this.#matching(filter)
      .orderBy('at', 'desc')
      .limit(limit)
      .select(...COUNTED);
  }

  /** With what they were decided from, newest first. */
  async withFacts(
    filter: GateFilter,
    limit: number,
  ): Promise<GateDecisionRow[]> {
    return this.#matching(filter).orderBy('at', 'desc').limit(limit);
  }

  async entityRefs(filter: GateFilter): Promise<string[]> {
    const rows = await this.#matching(filter).distinct('entity_ref');
    return rows.map(row => row.entity_ref);
  }

  /** Decisions whose outcome is to be looked for, longest due first. */
  async due(now: Date, limit: number): Promise<ShownDecisionRow[]> {
    return this.#knex<GateDecisionRow>('gate_decisions')
      .where('judge_at', '<=', now.toISOString())
      .orderBy('judge_at')
      .limit(limit)
      .select(...SHOWN);
  }

  /** When the gate was next asked about the same entity and environment. */
  async nextAskedAt(
    row: Pick<GateDecisionRow, 'entity_ref' | 'environment' | 'at'>,
  ): Promise<string | undefined> {
    const { entity_ref, environment, at } = row;
    const next = await this.#knex<GateDecisionRow>('gate_decisions')
      .where({ entity_ref, environment })
      .where('at', '>', at)
      .orderBy('at')
      .first('at');
    return next?.at;
  }

  /** Keeps an outcome, and when to look again; nothing when another replica was quicker. */
  async judged(
    row: Pick<GateDecisionRow, 'id' | 'judge_at'>,
    outcome: GateOutcome | undefined,
    judgeAt: Date | null,
  ): Promise<boolean> {
    const updated = await this.#knex<GateDecisionRow>('gate_decisions')
      .where({ id: row.id, judge_at: row.judge_at })
      .update({
        ...(outcome && { outcome: JSON.stringify(outcome) }),
        judge_at: judgeAt?.toISOString() ?? null,
      });
    return updated === 1;
  }

  #matching(filter: GateFilter): Knex.QueryBuilder<GateDecisionRow> {
    const query = this.#knex<GateDecisionRow>('gate_decisions');
    if (filter.entityRef !== undefined) {
      query.where({ entity_ref: filter.entityRef });
    }
    if (filter.verdict !== undefined) {
      query.where({ verdict: filter.verdict });
    }
    if (filter.from) {
      query.where('at', '>=', filter.from.toISOString());
    }
    if (filter.to) {
      query.where('at', '<', filter.to.toISOString());
    }
    if (filter.entityRefs) {
      const { sql, bind } = isOneOf(
        this.#knex,
        'entity_ref',
        filter.entityRefs,
      );
      query.whereRaw(sql, [bind]);
    }
    return query;
  }
}
