import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { GoldenPathClient } from '@goldenpath/backstage-plugin-golden-path-common';
import { goldenPathApiRef } from './api/goldenPathApi';
import { LocalGitClient } from './api/LocalGitClient';
import { localGitApiRef } from './api/localGitApi';
import { entityContentRouteRef, rootRouteRef } from './routes';

const deps = { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef };

/** The plugin for apps on the old frontend system. @public */
export const goldenPathPlugin = createPlugin({
  id: 'golden-path',
  apis: [
    createApiFactory({
      api: goldenPathApiRef,
      deps,
      factory: options => new GoldenPathClient(options),
    }),
    createApiFactory({
      api: localGitApiRef,
      deps,
      factory: options => new LocalGitClient(options),
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** The golden paths and the repositories of the local git host; mount at `/golden-paths`. @public */
export const GoldenPathsPage = goldenPathPlugin.provide(
  createRoutableExtension({
    name: 'GoldenPathsPage',
    mountPoint: rootRouteRef,
    component: () =>
      import('./paths/GoldenPathsPage').then(m => m.GoldenPathsPage),
  }),
);

/** Card for an entity's overview. @public */
export const EntityGoldenPathCard = goldenPathPlugin.provide(
  createComponentExtension({
    name: 'EntityGoldenPathCard',
    component: {
      lazy: () =>
        import('./entity/EntityGoldenPathCard').then(
          m => m.EntityGoldenPathCard,
        ),
    },
  }),
);

/** Tab of an entity's page; mount at `/golden-path`. @public */
export const EntityGoldenPathContent = goldenPathPlugin.provide(
  createRoutableExtension({
    name: 'EntityGoldenPathContent',
    mountPoint: entityContentRouteRef,
    component: () =>
      import('./entity/EntityGoldenPathContent').then(
        m => m.EntityGoldenPathContent,
      ),
  }),
);
