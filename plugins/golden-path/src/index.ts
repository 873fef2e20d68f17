/**
 * Golden paths in the Backstage app: a card and a tab for entities, and the Golden paths page.
 *
 * @packageDocumentation
 */
export * from './api/goldenPathApi';
export * from './api/localGitApi';
export { isGoldenPathAvailable } from './entity/availability';
export * from './plugin';
export {
  changeRequestRouteRef,
  checkRouteRef,
  decisionRouteRef,
  entityContentRouteRef,
  fleetRouteRef,
  gateRouteRef,
  pathRouteRef,
  repositoriesRouteRef,
  repositoryRouteRef,
  rootRouteRef,
  templateContentRouteRef,
  waiversRouteRef,
} from './routes';
