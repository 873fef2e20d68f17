/* eslint-disable @backstage/no-relative-monorepo-imports -- what is measured is no API of the package */
export { FleetStore } from '../../../../plugins/golden-path-backend/src/database/FleetStore';
export { migrate } from '../../../../plugins/golden-path-backend/src/database/migrations';
export { ResultStore } from '../../../../plugins/golden-path-backend/src/database/ResultStore';
export { ScorecardStore } from '../../../../plugins/golden-path-backend/src/database/ScorecardStore';
export { loadPath } from '../../../../plugins/golden-path-backend/src/paths/loadPaths';
export type { LoadedPath } from '../../../../plugins/golden-path-backend/src/paths/loadPaths';
export {
  judgeEntity,
  scorecardOf,
} from '../../../../plugins/golden-path-backend/src/scoring/judgeEntity';
export { ScorePass } from '../../../../plugins/golden-path-backend/src/scoring/ScorePass';
export { readStoredFacts } from '../../../../plugins/golden-path-backend/src/scoring/storedFacts';
