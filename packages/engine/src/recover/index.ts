export {
  closestVersion,
  type ClosestVersion,
  type VersionCandidate,
} from './closestVersion';
export { recoveredLayer } from './recoveredLayer';
export { taskValues } from './taskValues';
