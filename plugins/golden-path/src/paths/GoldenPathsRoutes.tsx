import { useRouteRef } from '@backstage/core-plugin-api';
import { Route, Routes, useLocation } from 'react-router-dom';
import { RepositoriesView } from '../repositories/RepositoriesView';
import { RepositoryView } from '../repositories/RepositoryView';
import {
  pathRouteRef,
  repositoriesRouteRef,
  repositoryRouteRef,
  rootRouteRef,
} from '../routes';
import { Notice, PageNav, SafeLink } from '../ui';
import { PathsView } from './PathsView';
import { PathView } from './PathView';

/** What stands below `/golden-paths`, without a page frame. */
export function GoldenPathsRoutes() {
  const pathsHref = useRouteRef(rootRouteRef)();
  const repositoriesHref = useRouteRef(repositoriesRouteRef)();
  const { pathname } = useLocation();
  const inRepositories = pathname.startsWith(repositoriesHref);
  return (
    <>
      <PageNav
        label="Parts of golden paths"
        items={[
          { title: 'Paths', to: pathsHref, current: !inRepositories },
          {
            title: 'Repositories',
            to: repositoriesHref,
            current: inRepositories,
          },
        ]}
      />
      <Routes>
        <Route path="/" element={<PathsView />} />
        <Route path={pathRouteRef.path} element={<PathView />} />
        <Route
          path={repositoriesRouteRef.path}
          element={<RepositoriesView />}
        />
        <Route path={repositoryRouteRef.path} element={<RepositoryView />} />
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
