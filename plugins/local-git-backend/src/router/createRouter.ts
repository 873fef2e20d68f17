import { RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { requireDirect, requireLoopback } from '../http/loopback';
import { ChangeRequestActions } from '../service/ChangeRequestActions';
import { ChangeRequests } from '../service/ChangeRequests';
import { RepositoryBrowser } from '../service/RepositoryBrowser';
import { Repositories } from '../service/Repositories';
import { createBrowseRoutes } from './browseRoutes';
import { createChangeRequestRoutes } from './changeRequestRoutes';
import { GitHandlersOptions } from './GitHandlers';
import { createGitRoutes } from './gitRoutes';
import { createPageRoutes } from './pageRoutes';
import { createRepositoryRoutes } from './repositoryRoutes';
import { AccessServices, RequestAccess } from './RequestAccess';

/** What the routes are made of. */
export interface RouterOptions {
  git: GitHandlersOptions;
  access: AccessServices;
  repositories: Repositories;
  browser: RepositoryBrowser;
  requests: ChangeRequests;
  actions: ChangeRequestActions;
  /** Address of the app, no trailing slash. */
  appUrl: string;
}

/** Every route of the plugin. The git routes come first, and no body parser stands before them. */
export function createRouter(options: RouterOptions): Router {
  const { git, repositories, browser, requests, actions, appUrl } = options;
  const access = new RequestAccess(options.access);
  const router = PromiseRouter();
  if (!git.settings.allowRemote) {
    const publicHost = new URL(git.settings.pluginUrl).hostname;
    router.use(requireLoopback());
    router.use('/git', requireDirect({ publicHost }));
  }
  router.use(createGitRoutes(git));
  router.use(createPageRoutes({ appUrl }));
  router.use(createRepositoryRoutes({ access, repositories }));
  router.use(createBrowseRoutes({ access, browser }));
  router.use(createChangeRequestRoutes({ access, requests, actions }));
  return router;
}

/** Answers every request with the same error, for a plugin that cannot serve. */
export function createRefusal(error: Error): RequestHandler {
  return (_req, _res, next) => next(error);
}
