import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** Every golden path, `/golden-paths`. @public */
export const rootRouteRef = createRouteRef({ id: 'golden-path' });

/** One golden path. @public */
export const pathRouteRef = createSubRouteRef({
  id: 'golden-path/path',
  parent: rootRouteRef,
  path: '/paths/:name',
});

/** One check of a golden path over the fleet, with `?verdict=`. @public */
export const checkRouteRef = createSubRouteRef({
  id: 'golden-path/check',
  parent: rootRouteRef,
  path: '/paths/:name/checks/:check',
});

/** Every entity under every path, with filters in the query. @public */
export const fleetRouteRef = createSubRouteRef({
  id: 'golden-path/fleet',
  parent: rootRouteRef,
  path: '/fleet',
});

/** Exceptions asked for and decided, with `?status=`. @public */
export const waiversRouteRef = createSubRouteRef({
  id: 'golden-path/waivers',
  parent: rootRouteRef,
  path: '/waivers',
});

/** What the gate decided and how right it was, with `?verdict=&entity=&days=`. @public */
export const gateRouteRef = createSubRouteRef({
  id: 'golden-path/gate',
  parent: rootRouteRef,
  path: '/gate',
});

/** One decision of the gate. @public */
export const decisionRouteRef = createSubRouteRef({
  id: 'golden-path/decision',
  parent: rootRouteRef,
  path: '/gate/:id',
});

/** Repositories of the local git host. @public */
export const repositoriesRouteRef = createSubRouteRef({
  id: 'golden-path/repositories',
  parent: rootRouteRef,
  path: '/repositories',
});

/** One repository of the local git host, with `?ref=&path=`. @public */
export const repositoryRouteRef = createSubRouteRef({
  id: 'golden-path/repository',
  parent: rootRouteRef,
  path: '/repositories/:name',
});

/** One change request of a repository of the local git host. @public */
export const changeRequestRouteRef = createSubRouteRef({
  id: 'golden-path/change-request',
  parent: rootRouteRef,
  path: '/repositories/:name/requests/:number',
});

/** The tab on an entity's page. @public */
export const entityContentRouteRef = createRouteRef({
  id: 'golden-path/entity-content',
});

/** The tab on a template's page. @public */
export const templateContentRouteRef = createRouteRef({
  id: 'golden-path/template-content',
});

/** Where the tab stands below an entity's page. */
export const ENTITY_TAB_PATH = '/golden-path';
