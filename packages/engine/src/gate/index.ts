export { budgetRecovery, type BudgetRecovery } from './budgetRecovery';
export {
  driftFacts,
  healthFacts,
  lastDeployment,
  scorecardFacts,
} from './collectGateFacts';
export {
  combineJudgements,
  decideGate,
  type GateJudgement,
  type GateOptions,
} from './decideGate';
export {
  gateAccuracy,
  type GateAccuracyResult,
  type GateRate,
} from './gateAccuracy';
export { gateDeployments, type GateDeployment } from './gateDeployments';
export {
  gateFactsSchema,
  type GateCheck,
  type GateFacts,
  type GateScorecard,
} from './gateFacts';
export { judgeDecision, type JudgeDecisionOptions } from './judgeDecision';
export { gatePolicyDigest } from './policyDigest';
export {
  replayDecisions,
  type GateReplayCounts,
  type GateReplayResult,
  type ReplayedDecision,
} from './replayDecisions';
export { strictestVerdict } from './verdicts';
