import {
  changeRequestActionBodySchema,
  changeRequestActionSchema,
  changeRequestStateSchema,
  putChangeRequestSchema,
  repositoryNameSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { json, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import {
  localGitRepositoryReadPermission,
  localGitRequestCreatePermission,
  localGitRequestUpdatePermission,
} from '../permissions';
import { ChangeRequestActions } from '../service/ChangeRequestActions';
import { ChangeRequests } from '../service/ChangeRequests';
import { parseInput } from './parseInput';
import { RequestAccess } from './RequestAccess';

// A body of 65,536 characters, each up to three bytes or an escape of six
const BODY_LIMIT = '512kb';
const MAX_NUMBER = 2 ** 31 - 1;

const paramsSchema = z.object({ name: repositoryNameSchema });
const listSchema = paramsSchema.extend({
  state: changeRequestStateSchema.optional(),
  branch: z.string().min(1).max(255).optional(),
});
const requestSchema = paramsSchema.extend({
  number: z.coerce.number().int().min(1).max(MAX_NUMBER),
});
const actionSchema = requestSchema.extend({
  action: changeRequestActionSchema,
});

/** Asking for branches to be merged, looking at what they bring, and merging them. */
export function createChangeRequestRoutes(options: {
  access: RequestAccess;
  requests: ChangeRequests;
  actions: ChangeRequestActions;
}): Router {
  const { access, requests, actions } = options;
  const router = PromiseRouter();

  router.put(
    '/repositories/:name/requests',
    json({ limit: BODY_LIMIT }),
    async (req: Request, res: Response) => {
      const caller = await access.reader(req, localGitRequestCreatePermission);
      const { name } = parseInput({ schema: paramsSchema, value: req.params });
      const request = parseInput({
        schema: putChangeRequestSchema,
        value: req.body,
      });
      const put = await access.audited({
        req,
        eventId: 'change-request-put',
        meta: { repository: name, branch: request.sourceBranch },
        write: () => requests.put({ name, request, caller, now: new Date() }),
      });
      res.status(put.created ? 201 : 200).json(put.request);
    },
  );

  router.get(
    '/repositories/:name/requests',
    async (req: Request, res: Response) => {
      const caller = await access.reader(req, localGitRepositoryReadPermission);
      const value = { ...req.query, ...req.params };
      const query = parseInput({ schema: listSchema, value });
      res.json(await requests.list({ ...query, caller }));
    },
  );

  router.get(
    '/repositories/:name/requests/:number',
    async (req: Request, res: Response) => {
      const caller = await access.reader(req, localGitRepositoryReadPermission);
      const key = parseInput({ schema: requestSchema, value: req.params });
      res.json(await requests.details({ ...key, caller }));
    },
  );

  router.post(
    '/repositories/:name/requests/:number/:action',
    json({ limit: '4kb' }),
    async (req: Request, res: Response) => {
      const caller = await access.reader(req, localGitRequestUpdatePermission);
      const key = parseInput({ schema: actionSchema, value: req.params });
      const { head } = parseInput({
        schema: changeRequestActionBodySchema,
        value: req.body ?? {},
      });
      const request = await access.audited({
        req,
        eventId: `change-request-${key.action}`,
        meta: { repository: key.name, number: key.number },
        write: () => actions.act({ ...key, head, caller, now: new Date() }),
      });
      res.json(request);
    },
  );

  return router;
}
