import { repositoryNameSchema } from '@goldenpath/backstage-plugin-golden-path-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parseInput } from './parseInput';

const addressSchema = z.object({
  name: repositoryNameSchema,
  ref: z.string(),
  0: z.string().default(''),
});

/**
 * Sends a browser that opens the address of a file to the page of the app that shows it. It is open to all and looks
 * nothing up: what exists is for the page's own requests to find out.
 */
export function createPageRoutes(options: { appUrl: string }): Router {
  const router = PromiseRouter();

  router.get(
    [
      '/repositories/:name/:view(tree|blob)/:ref',
      '/repositories/:name/:view(tree|blob)/:ref/*',
    ],
    (req: Request, res: Response) => {
      const address = parseInput({ schema: addressSchema, value: req.params });
      const query = new URLSearchParams({ ref: address.ref });
      if (address[0]) {
        query.set('path', address[0].replace(/\/+$/, ''));
      }
      res.redirect(
        302,
        `${options.appUrl}/golden-paths/repositories/${address.name}?${query}`,
      );
    },
  );

  return router;
}
