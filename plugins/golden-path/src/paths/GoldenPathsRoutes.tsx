import { useRouteRef } from '@backstage/core-plugin-api';
import { Route, Routes, useLocation } from 'react-router-dom';
import { CheckView } from '../checks/CheckView';
import { FleetView } from '../fleet/FleetView';
import { DecisionView } from '../gate/DecisionView';
import { GateView } from '../gate/GateView';
import { RepositoriesView } from '../repositories/RepositoriesView';
import { RepositoryView } from '../repositories/RepositoryView';
import { RequestView } from '../repositories/RequestView';
import {
  changeRequestRouteRef,
  checkRouteRef,
  decisionRouteRef,
  fleetRouteRef,
  gateRouteRef,
  pathRouteRef,
  repositoriesRouteRef,
  repositoryRouteRef,
  rootRouteRef,
  waiversRouteRef,
} from '../routes';
import { Notice, PageNav, SafeLink } from '../ui';
import { WaiversView } from '../waivers/WaiversView';
import { PathsView } from './PathsView';
import { PathView } from './PathView';

/** What stands below `/golden-paths`, without a page frame. */
export function GoldenPathsRoutes() {
  const pathsHref = useRouteRef(rootRouteRef)();
  const repositoriesHref = useRouteRef(repositoriesRouteRef)();
  const fleetHref = useRouteRef(fleetRouteRef)();
  const gateHref = useRouteRef(gateRouteRef)();
  const waiversHref = useRouteRef(waiversRouteRef)();
  const { pathname } = useLocation();
  const parts = [
    { title: 'Fleet', to: fleetHref },
    { title: 'Release gate', to: gateHref },
    { title: 'Exceptions', to: waiversHref },
    { title: 'Repositories', to: repositoriesHref },
  ].map(part => ({ ...part, current: pathname.startsWith(part.to) }));
  return (
    <>
      <PageNav
        label="Parts of golden paths"
        items={[
          {
            title: 'Paths',
            to: pathsHref,
            current: !parts.some(part => part.current),
          },
          ...parts,
        ]}
      />
      <Routes>
        <Route path="/" element={<PathsView />} />
        <Route path={pathRouteRef.path} element={<PathView />} />
        <Route path={checkRouteRef.path} element={<CheckView />} />
        <Route path={fleetRouteRef.path} element={<FleetView />} />
        <Route path={gateRouteRef.path} element={<GateView />} />
        <Route path={decisionRouteRef.path} element={<DecisionView />} />
        <Route path={waiversRouteRef.path} element={<WaiversView />} />
        <Route
          path={repositoriesRouteRef.path}
          element={<RepositoriesView />}
        />
        <Route path={repositoryRouteRef.path} element={<RepositoryView />} />
        <Route path={changeRequestRouteRef.path} element={<RequestView />} />
        <Route
          path="*"
          element={
            <Notice tone="warn" title="There is no such page here.">
              <SafeLink to={pathsHref}>Go to the golden paths</SafeLink>
            </Notice>
          }
        />
      </Routes>
    </>
  );
}
