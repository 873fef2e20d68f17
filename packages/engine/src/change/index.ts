export { explainChange, explainStandings } from './explainChange';
export type { ScoreState, Standing, StandingCheck } from './explainChange';
export { isForCollector } from './scoredCheck';
