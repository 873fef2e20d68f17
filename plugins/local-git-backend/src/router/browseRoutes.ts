import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { localGitRepositoryReadPermission } from '../permissions';
import { BrowseQuery, RepositoryBrowser } from '../service/RepositoryBrowser';
import { parseInput } from './parseInput';
import { RequestAccess } from './RequestAccess';

const browseSchema = z.object({
  name: repositoryNameSchema,
  ref: z.string().min(1).optional(),
  path: z.string().optional(),
});

/** History, folders and files of a repository, for people to read. */
export function createBrowseRoutes(options: {
  access: RequestAccess;
  browser: RepositoryBrowser;
}): Router {
  const { access, browser } = options;
  const router = PromiseRouter();

  function serve(
    resource: string,
    read: (query: BrowseQuery) => Promise<unknown>,
  ) {
    router.get(
      `/repositories/:name/${resource}`,
      async (req: Request, res: Response) => {
        await access.reader(req, localGitRepositoryReadPermission);
        const value = { ...req.query, ...req.params };
        res.json(await read(parseInput({ schema: browseSchema, value })));
      },
    );
  }

  serve('commits', query => browser.commits(query));
  serve('files', query => browser.files(query));
  serve('content', query => browser.content(query));

  return router;
}
