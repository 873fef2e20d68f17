import {
  createRepositoryRequestSchema,
  repositoryNameSchema,
} from '@goldenpath/backstage-plugin-golden-path-common';
import { json, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import {
  localGitRepositoryCreatePermission,
  localGitRepositoryReadPermission,
} from '../permissions';
import { Repositories } from '../service/Repositories';
import { parseInput } from './parseInput';
import { RequestAccess } from './RequestAccess';

const BODY_LIMIT = '16kb';
const paramsSchema = z.object({ name: repositoryNameSchema });

/** Creating and listing repositories, and tokens to push to them. */
export function createRepositoryRoutes(options: {
  access: RequestAccess;
  repositories: Repositories;
}): Router {
  const { access, repositories } = options;
  const router = PromiseRouter();

  router.get('/repositories', async (req: Request, res: Response) => {
    const caller = await access.reader(req, localGitRepositoryReadPermission);
    res.json({ items: await repositories.list(caller) });
  });

  router.post(
    '/repositories',
    json({ limit: BODY_LIMIT }),
    async (req: Request, res: Response) => {
      const caller = await access.user(req, localGitRepositoryCreatePermission);
      const request = parseInput({
        schema: createRepositoryRequestSchema,
        value: req.body,
      });
      const { created, ...body } = await access.audited({
        req,
        eventId: 'repository-create',
        meta: { repository: request.name },
        write: () => repositories.create({ request, caller, now: new Date() }),
      });
      res.status(created ? 201 : 200).json(body);
    },
  );

  router.get('/repositories/:name', async (req: Request, res: Response) => {
    const caller = await access.reader(req, localGitRepositoryReadPermission);
    const { name } = parseInput({ schema: paramsSchema, value: req.params });
    res.json(await repositories.get({ name, caller }));
  });

  router.post(
    '/repositories/:name/tokens',
    async (req: Request, res: Response) => {
      const caller = await access.reader(req, localGitRepositoryReadPermission);
      const { name } = parseInput({ schema: paramsSchema, value: req.params });
      const token = await access.audited({
        req,
        eventId: 'push-token-create',
        meta: { repository: name },
        write: () => repositories.issueToken({ name, caller, now: new Date() }),
      });
      res.status(201).json(token);
    },
  );

  return router;
}
