import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { HealthReport, Scorecard } from '@goldenpath/engine';
import { Knex } from 'knex';
import { GateStore } from '../database/GateStore';
import { ScorecardStore } from '../database/ScorecardStore';
import { SnapshotStore } from '../database/SnapshotStore';
import { PathRegistry } from '../paths/PathRegistry';
import { EntityAccess } from '../service/EntityAccess';
import { HealthReader } from '../service/HealthReader';
import { GateFactsReader } from './GateFactsReader';
import { GateJudge } from './GateJudge';
import { GateReview } from './GateReview';
import { GateService } from './GateService';

/** Puts the parts of the gate together. @internal */
export function createGateServices(options: {
  knex: Knex;
  auth: AuthService;
  logger: LoggerService;
  access: EntityAccess;
  paths: Pick<PathRegistry, 'covering'>;
  health: Pick<HealthReader, 'load'>;
  /** Downstream health of another entity, as it is kept. */
  healthOf: (entityRef: string, environment: string) => Promise<HealthReport>;
  scorecardsOf: (entityRef: string) => Promise<Scorecard[]>;
  scorecards: Pick<ScorecardStore, 'drift'>;
  snapshots: Pick<SnapshotStore, 'read'>;
  /** Called when a decision was kept, overridden or judged. */
  onDecision: (entityRef: string) => Promise<void>;
  now?: () => Date;
}) {
  const store = new GateStore(options);
  const gate = new GateService({
    ...options,
    store,
    facts: new GateFactsReader({ ...options, drift: options.scorecards }),
  });
  return {
    gate,
    gateReview: new GateReview({ store, gate, now: options.now }),
    judge: new GateJudge({ ...options, store }),
  };
}
