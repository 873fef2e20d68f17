import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  GateAccuracy,
  GateReplay,
  GateReplayRequest,
} from '@goldenpath/backstage-plugin-golden-path-common';
import {
  gateAccuracy,
  gateFactsSchema,
  ReplayedDecision,
  replayDecisions,
} from '@goldenpath/engine';
import {
  CountedDecisionRow,
  GateDecisionRow,
  GateStore,
} from '../database/GateStore';
import { toGateDecision } from './gateRecord';
import { GateService } from './GateService';

const DAY_MS = 86_400_000;
const MOST_COUNTED = 20_000;
const MOST_REPLAYED = 2_000;

/** How right the gate was, and what another policy would have said. @internal */
export class GateReview {
  readonly #store: GateStore;
  readonly #gate: Pick<GateService, 'visibleTo'>;
  readonly #now: () => Date;

  constructor(options: {
    store: GateStore;
    gate: Pick<GateService, 'visibleTo'>;
    now?: () => Date;
  }) {
    this.#store = options.store;
    this.#gate = options.gate;
    this.#now = options.now ?? (() => new Date());
  }

  async accuracy(
    query: { entityRef?: string; days: number },
    credentials: BackstageCredentials,
  ): Promise<GateAccuracy> {
    const { filter, window } = await this.#window(query, credentials);
    const rows = await this.#store.counted(filter, MOST_COUNTED);
    return { window, ...gateAccuracy(rows.map(toCounted)) };
  }

  /** The newest decisions of the window, decided again from the facts they were made from. */
  async replay(
    body: GateReplayRequest,
    credentials: BackstageCredentials,
  ): Promise<GateReplay> {
    const { filter, window } = await this.#window(body, credentials);
    const rows = await this.#store.withFacts(filter, MOST_REPLAYED + 1);
    const now = this.#now();
    const read = rows.slice(0, MOST_REPLAYED).map(row => toReplayed(row, now));
    const usable = read.filter(
      (one): one is ReplayedDecision =>
        one !== undefined && (body.path === undefined || isOf(one, body.path)),
    );
    const lost = read.filter(one => one === undefined).length;
    const notes = [
      ...(rows.length > MOST_REPLAYED
        ? [`only the newest ${MOST_REPLAYED} decisions are replayed`]
        : []),
      ...(lost > 0
        ? [`${lost} decisions are left out: their facts are of another version`]
        : []),
      'what a block prevented has no outcome, so that failures and successes are those of deployments that went ahead',
    ];
    return {
      window,
      ...replayDecisions({
        policy: body.policy,
        decisions: usable,
        path: body.path,
      }),
      note: notes.join('; '),
    };
  }

  async #window(
    query: { entityRef?: string; days: number },
    credentials: BackstageCredentials,
  ) {
    const to = this.#now();
    const from = new Date(to.getTime() - query.days * DAY_MS);
    const filter = await this.#gate.visibleTo(credentials, {
      entityRef: query.entityRef,
      from,
    });
    return {
      filter,
      window: { from: from.toISOString(), to: to.toISOString() },
    };
  }
}

function toCounted(row: CountedDecisionRow) {
  return {
    request: {
      entityRef: row.entity_ref,
      environment: row.environment,
      kind: 'deploy' as const,
      fixes: [],
    },
    at: row.at,
    verdict: row.verdict,
    exemption: row.exemption ?? undefined,
    override:
      row.override_by === null
        ? undefined
        : { by: row.override_by, reason: '', at: row.at, expiresAt: '' },
    outcome: row.outcome === null ? undefined : JSON.parse(row.outcome),
  };
}

function toReplayed(
  row: GateDecisionRow,
  now: Date,
): ReplayedDecision | undefined {
  const facts = gateFactsSchema.safeParse(JSON.parse(row.facts));
  return facts.success
    ? { decision: toGateDecision(row, now), facts: facts.data }
    : undefined;
}

function isOf({ decision, facts }: ReplayedDecision, path: string): boolean {
  return (
    decision.policy.path === path ||
    (decision.policies ?? []).some(policy => policy.path === path) ||
    (facts.scorecards ?? []).some(card => card.path === path)
  );
}
